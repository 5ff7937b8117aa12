// SPDX-License-Identifier: MIT
// Cuts an ESPI document, arriving in any pieces, into parts small enough to parse one by one: the
// entries of an Atom feed without their readings, and runs of IntervalReading elements. A document
// that is a bare entry or a bare resource is one entry. Memory is bounded whatever the bytes are.
//
// This looks at markup only as far as finding ends needs: names by their local part (any namespace
// prefix), comments and processing instructions dropped, CDATA and quoted attributes understood. An
// end tag closes the innermost part of that name, so that one damaged entry does not take the
// others with it. Document type declarations are passed over; entities they define are never
// expanded.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace usagectl::meter {

// Where in a run a reading begins, and where in the file.
struct EspiPlace {
    std::size_t offset = 0;
    std::uint64_t line = 0;
    std::uint32_t block = 0;    // of the entry's IntervalBlock elements, from 1; 0: in none
    std::uint32_t ordinal = 0;  // within that block, from 0
};

class EspiParts {
public:
    EspiParts() = default;
    EspiParts(const EspiParts&) = delete;
    EspiParts& operator=(const EspiParts&) = delete;
    virtual ~EspiParts() = default;

    // Readings of the entry that take_entry or break_entry will end; several runs when it has many.
    virtual void take_readings(std::string_view run, const std::vector<EspiPlace>& places) = 0;
    // An entry without its readings, which came before.
    virtual void take_entry(std::string_view shell, std::uint64_t line) = 0;
    // An entry whose end is missing or that is too large; the readings given since belong to it.
    virtual void break_entry(std::string_view shell, std::uint64_t line, std::string_view why) = 0;
};

class EspiCutter {
public:
    static constexpr std::size_t max_token = 64 << 10;    // a tag, a reading
    static constexpr std::size_t max_shell = 1 << 20;     // an entry without readings
    static constexpr std::size_t run_target = 128 << 10;  // readings handed over at once

    explicit EspiCutter(EspiParts& parts)
        : parts_(parts) {}

    void take(std::string_view piece);
    void finish();

    [[nodiscard]] std::uint64_t line() const { return line_; }
    // The local name of the document's element; empty when none has come.
    [[nodiscard]] const std::string& root() const { return root_; }
    [[nodiscard]] bool root_closed() const { return root_closed_; }

private:
    enum class Mode : std::uint8_t { text, comment, cdata, instruction, declaration };
    struct Tag {
        std::string_view text;
        std::string_view name;
        bool closing = false;
        bool empty = false;  // <name/>
    };

    // Uses up the front of `text`; 0 when it needs more to decide.
    std::size_t step(std::string_view text);
    std::size_t step_markup(std::string_view text);
    std::size_t step_until(std::string_view text, std::string_view end);
    std::size_t step_declaration(std::string_view text);

    static std::size_t find_tag_end(std::string_view text);
    static Tag read_tag(std::string_view text);
    void take_tag(const Tag& tag);
    void take_outer_tag(const Tag& tag);
    void take_inner_tag(const Tag& tag);
    void begin_entry(const Tag& tag);
    void begin_reading(const Tag& tag);
    void end_entry(const Tag& tag);
    void drop_entry(std::string_view why);
    void hand_over_run();
    void keep(std::string_view text);

    EspiParts& parts_;
    std::string carry_;  // a token whose end has not come
    Mode mode_ = Mode::text;
    std::uint64_t line_ = 1;
    int brackets_ = 0;          // of a declaration
    std::size_t tag_seen_ = 0;  // bytes of an unfinished tag that hold no end
    std::string root_;
    bool root_closed_ = false;
    std::string unit_ = "entry";  // the local name of what is cut out

    bool in_entry_ = false;
    bool in_reading_ = false;
    bool too_large_ = false;
    std::uint64_t entry_line_ = 0;
    std::uint32_t blocks_ = 0;
    std::uint32_t ordinal_ = 0;
    std::string shell_;
    std::string run_;
    std::vector<EspiPlace> places_;
};

}  // namespace usagectl::meter
