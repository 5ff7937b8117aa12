// SPDX-License-Identifier: MIT
#include "meter/espi_cutter.hpp"

#include <algorithm>
#include <array>

namespace usagectl::meter {

namespace {

constexpr std::string_view comment_opening = "<!--";
constexpr std::string_view cdata_opening = "<![CDATA[";
constexpr std::string_view reading_name = "IntervalReading";
constexpr std::string_view block_name = "IntervalBlock";

// Resources that some providers send without feed and entry around them.
constexpr std::array bare_resources{
    std::string_view("IntervalBlock"),
    std::string_view("UsagePoint"),
    std::string_view("MeterReading"),
    std::string_view("ReadingType"),
    std::string_view("LocalTimeParameters"),
};

// `text` is the beginning of `opening`, which may yet come.
bool may_become(std::string_view text, std::string_view opening) {
    return text.size() < opening.size() && opening.starts_with(text);
}

}  // namespace

void EspiCutter::take(std::string_view piece) {
    std::string joined;
    std::string_view text = piece;
    if (!carry_.empty()) {
        joined = std::move(carry_);
        joined += piece;
        text = joined;
    }
    for (std::size_t used = 1; used > 0 && !text.empty();) {
        used = step(text);
        const auto passed = text.substr(0, used);
        line_ += static_cast<std::uint64_t>(std::count(passed.begin(), passed.end(), '\n'));
        text.remove_prefix(used);
    }
    carry_.assign(text);
}

void EspiCutter::finish() {
    if (!in_entry_)
        return;
    keep(carry_);
    drop_entry("the file ends before the end of this entry");
}

std::size_t EspiCutter::step(std::string_view text) {
    switch (mode_) {
    case Mode::text:
        return step_markup(text);
    case Mode::comment:
        return step_until(text, "-->");
    case Mode::cdata:
        return step_until(text, "]]>");
    case Mode::instruction:
        return step_until(text, "?>");
    case Mode::declaration:
        return step_declaration(text);
    }
    return 0;
}

std::size_t EspiCutter::step_markup(std::string_view text) {
    if (text.front() != '<') {
        const std::size_t size = std::min(text.find('<'), text.size());
        keep(text.substr(0, size));
        return size;
    }
    if (may_become(text, comment_opening) || may_become(text, cdata_opening))
        return 0;
    if (text.starts_with(comment_opening)) {
        mode_ = Mode::comment;
        return comment_opening.size();
    }
    if (text.starts_with(cdata_opening)) {
        mode_ = Mode::cdata;
        keep(cdata_opening);
        return cdata_opening.size();
    }
    if (text[1] == '?' || text[1] == '!') {
        mode_ = text[1] == '?' ? Mode::instruction : Mode::declaration;
        brackets_ = 0;
        return 2;
    }
    // A tag that comes byte by byte is not searched from its beginning every time.
    const bool grown = text.substr(std::min(tag_seen_, text.size())).find('>') != text.npos;
    const std::size_t size = grown ? find_tag_end(text) : 0;
    if (size == 0 && text.size() <= max_token) {
        tag_seen_ = text.size();
        return 0;
    }
    tag_seen_ = 0;
    if (size == 0 || size > max_token) {
        if (in_entry_)
            drop_entry("a tag is longer than 64 KiB");
        return size == 0 ? text.size() : size;
    }
    take_tag(read_tag(text.substr(0, size)));
    return size;
}

// Text up to and with `end`; what may be the beginning of `end` waits for the next piece.
std::size_t EspiCutter::step_until(std::string_view text, std::string_view end) {
    const std::size_t at = text.find(end);
    const bool found = at != std::string_view::npos;
    const std::size_t held = found ? 0 : std::min(text.size(), end.size() - 1);
    const std::size_t size = found ? at + end.size() : text.size() - held;
    if (mode_ == Mode::cdata)
        keep(text.substr(0, size));
    if (found)
        mode_ = Mode::text;
    return size;
}

std::size_t EspiCutter::step_declaration(std::string_view text) {
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (text[at] == '[')
            ++brackets_;
        else if (text[at] == ']')
            --brackets_;
        else if (text[at] == '>' && brackets_ <= 0) {
            mode_ = Mode::text;
            return at + 1;
        }
    }
    return text.size();
}

// One past the `>` of the tag at the front, 0 when it has not come. A `>` may be in an attribute.
std::size_t EspiCutter::find_tag_end(std::string_view text) {
    char quote = '\0';
    for (std::size_t at = 1; at < text.size(); ++at) {
        const char c = text[at];
        if (quote != '\0')
            quote = c == quote ? '\0' : quote;
        else if (c == '"' || c == '\'')
            quote = c;
        else if (c == '>')
            return at + 1;
    }
    return 0;
}

EspiCutter::Tag EspiCutter::read_tag(std::string_view text) {
    Tag tag;
    tag.text = text;
    tag.closing = text[1] == '/';
    tag.empty = text.ends_with("/>");
    const std::size_t from = tag.closing ? 2 : 1;
    const std::size_t to = text.find_first_of(" \t\r\n/>", from);
    const std::string_view name = text.substr(from, to - from);
    tag.name = name.substr(name.rfind(':') + 1);  // npos + 1 is 0
    return tag;
}

void EspiCutter::take_tag(const Tag& tag) {
    if (root_.empty() && !tag.closing) {
        root_ = tag.name;
        const bool bare =
            std::find(bare_resources.begin(), bare_resources.end(), root_) != bare_resources.end();
        if (bare)
            unit_ = root_;
        root_closed_ = tag.empty;
    }
    if (in_entry_)
        take_inner_tag(tag);
    else
        take_outer_tag(tag);
    if (tag.closing && tag.name == root_)
        root_closed_ = true;
}

void EspiCutter::take_outer_tag(const Tag& tag) {
    if (tag.name == unit_ && !tag.closing)
        begin_entry(tag);
}

void EspiCutter::take_inner_tag(const Tag& tag) {
    if (tag.name == unit_) {
        if (tag.closing) {
            end_entry(tag);
        } else {
            drop_entry("the entry before this one has no end");
            begin_entry(tag);
        }
    } else if (tag.name == reading_name && !tag.closing) {
        begin_reading(tag);
    } else {
        if (tag.name == block_name && !tag.closing) {
            ++blocks_;
            ordinal_ = 0;
        }
        keep(tag.text);
        if (in_reading_ && tag.closing && tag.name == reading_name)
            in_reading_ = false;
    }
}

void EspiCutter::begin_entry(const Tag& tag) {
    in_entry_ = true;
    in_reading_ = false;
    too_large_ = false;
    entry_line_ = line_;
    blocks_ = tag.name == block_name ? 1 : 0;
    ordinal_ = 0;
    shell_.clear();
    keep(tag.text);
    if (tag.empty)
        end_entry({});
}

void EspiCutter::begin_reading(const Tag& tag) {
    if (run_.size() >= run_target)
        hand_over_run();
    in_reading_ = true;
    places_.push_back({run_.size(), line_, blocks_, ordinal_++});
    keep(tag.text);
    in_reading_ = !tag.empty;
}

void EspiCutter::end_entry(const Tag& tag) {
    in_reading_ = false;
    keep(tag.text);
    if (too_large_) {
        drop_entry("the entry is larger than 1 MiB without its readings");
        return;
    }
    hand_over_run();
    in_entry_ = false;
    parts_.take_entry(shell_, entry_line_);
}

void EspiCutter::drop_entry(std::string_view why) {
    hand_over_run();
    in_entry_ = false;
    in_reading_ = false;
    parts_.break_entry(shell_, entry_line_, why);
}

void EspiCutter::hand_over_run() {
    if (!places_.empty())
        parts_.take_readings(run_, places_);
    run_.clear();
    places_.clear();
}

// Text of the entry goes to its shell, text of a reading to the run. What is too long is cut off: a
// reading then fails to parse, a shell is refused at its end. Blank text between readings is
// dropped, or a long block would leave a shell of line ends.
void EspiCutter::keep(std::string_view text) {
    if (!in_entry_)
        return;
    if (in_reading_) {
        const std::size_t used = run_.size() - places_.back().offset;
        run_ += text.substr(0, max_token - std::min(used, max_token));
        return;
    }
    if (blocks_ > 0 && text.find_first_not_of(" \t\r\n") == std::string_view::npos)
        return;
    too_large_ = too_large_ || shell_.size() + text.size() > max_shell;
    if (!too_large_)
        shell_ += text;
}

}  // namespace usagectl::meter
