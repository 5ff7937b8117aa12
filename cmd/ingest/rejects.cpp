// SPDX-License-Identifier: MIT
#include "ingest/rejects.hpp"
#include "cli/json_values.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>

namespace usagectl {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t buffer_size = 64 << 10;

[[noreturn]] void fail_to_write(const std::string& path) {
    throw Failure(
        "rejects_not_written",
        "cannot write " + path + ": " + std::strerror(errno),
        "name another file with --rejects"
    );
}

std::string place(const std::string& path, const meter::Reject& reject) {
    std::string text = path;
    if (reject.line > 0)
        text += ":" + std::to_string(reject.line);
    if (reject.column > 0)
        text += ":" + std::to_string(reject.column);
    return text;
}

bool same_file(const struct stat& left, const struct stat& right) {
    return left.st_dev == right.st_dev && left.st_ino == right.st_ino;
}

// Whether reading `source` reads the file `target`.
bool reads(const app::IngestRequest& request, const std::string& source, const fs::path& target) {
    struct stat wanted {};
    struct stat known {};
    if (::stat(target.c_str(), &wanted) != 0 || !S_ISREG(wanted.st_mode))
        return false;
    if (source == "-")
        return ::fstat(request.standard_input, &known) == 0 && same_file(known, wanted);
    if (::stat(source.c_str(), &known) != 0)
        return false;
    if (!S_ISDIR(known.st_mode))
        return same_file(known, wanted);
    std::error_code error;
    const auto inner =
        fs::canonical(target, error).lexically_relative(fs::canonical(source, error));
    return !error && !inner.empty() && !inner.native().starts_with('.');
}

}  // namespace

RejectLog::RejectLog(
    const std::optional<std::string>& path, const app::IngestRequest& request, cli::Context& context
)
    : context_(context) {
    if (!path)
        return;
    path_ = *path;
    for (const auto& source : request.sources) {
        if (!reads(request, source, path_))
            continue;
        context.fail({
            Exit::usage,
            "rejects_is_source",
            path_ + " is to be read itself",
            "name another file with --rejects",
        });
    }
    open();
}

void RejectLog::open() {
    std::error_code error;
    target_ = fs::weakly_canonical(path_, error).string();
    // /dev/stdout leads to a file that somebody else is writing, a pipe to no file at all.
    const bool replaceable = !error && !path_.starts_with("/dev/") &&
                             (!fs::exists(target_, error) || fs::is_regular_file(target_, error));
    if (replaceable) {
        const fs::path target(target_);
        temporary_ = target.parent_path() / ("." + target.filename().string() + ".XXXXXX");
        descriptor_ = ::mkostemp(temporary_.data(), O_CLOEXEC);  // made with mode 0600
    } else {
        descriptor_ = ::open(path_.c_str(), O_WRONLY | O_APPEND | O_CLOEXEC);
    }
    if (descriptor_ < 0)
        fail_to_write(path_);
}

// What finished files have left is kept, however the run ends.
RejectLog::~RejectLog() {
    if (descriptor_ < 0)
        return;
    try {
        write_out();
        publish();
    } catch (const Failure&) {
        // The run has ended for another reason, which is being told.
        if (!temporary_.empty())
            ::unlink(temporary_.c_str());
    }
    ::close(descriptor_);
}

void RejectLog::add(const std::string& path, const meter::Reject& reject) {
    ++in_file_;
    if (in_file_ <= shown_per_file)
        tell(place(path, reject) + ": " + reject.reason);
    write_line(path, reject);
}

void RejectLog::write_line(const std::string& path, const meter::Reject& reject) {
    if (descriptor_ < 0)
        return;
    cli::Json line;
    line["file"] = path;
    line["line"] = reject.line;
    line["column"] = reject.column;
    line["reason"] = reject.reason;
    line["record"] = reject.record;
    line["format"] = cli::name_json(reject.format);
    if (!reject.context.empty())
        line["context"] = reject.context;
    if (reject.cut)
        line["cut"] = true;
    write(line.dump(-1, ' ', false, cli::Json::error_handler_t::replace) + "\n");
}

void RejectLog::close_file(const app::FileReport& report) {
    if (in_file_ > shown_per_file) {
        const auto more = std::to_string(in_file_ - shown_per_file);
        tell(
            report.path + ": " + more + " more " +
            (path_.empty() ? "(--rejects FILE writes them all)" : "in " + path_)
        );
    }
    if (report.error && in_file_ == 0) {
        meter::Reject whole;
        whole.reason = report.error->message;
        whole.format = report.format;
        write_line(report.path, whole);
    }
    in_file_ = 0;
}

// With a JSON format stderr is for the one error object; the answer holds every file's reason.
void RejectLog::tell(const std::string& text) {
    if (context_.globals.format != "json" && context_.globals.format != "jsonl") {
        context_.note(text);
    }
}

void RejectLog::finish() {
    if (descriptor_ < 0)
        return;
    write_out();
    if (::fsync(descriptor_) != 0 && errno != EINVAL && errno != EROFS)
        fail_to_write(path_);
    publish();
}

void RejectLog::publish() {
    if (temporary_.empty())
        return;
    if (::rename(temporary_.c_str(), target_.c_str()) != 0) {
        ::unlink(temporary_.c_str());
        temporary_.clear();
        fail_to_write(path_);
    }
    temporary_.clear();
    // The rename is durable once its directory is.
    const std::string folder = fs::path(target_).parent_path();
    const int directory = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (directory < 0)
        return;
    ::fsync(directory);
    ::close(directory);
}

void RejectLog::write(const std::string& line) {
    buffer_ += line;
    if (buffer_.size() >= buffer_size)
        write_out();
}

void RejectLog::write_out() {
    std::size_t done = 0;
    while (done < buffer_.size()) {
        const auto wrote = ::write(descriptor_, buffer_.data() + done, buffer_.size() - done);
        if (wrote < 0 && errno == EINTR)
            continue;
        if (wrote < 0)
            fail_to_write(path_);
        done += static_cast<std::size_t>(wrote);
    }
    buffer_.clear();
}

}  // namespace usagectl
