// SPDX-License-Identifier: MIT
#include "ingest/rejects.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace usagectl {

namespace {

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

}  // namespace

RejectLog::RejectLog(const std::optional<std::string>& path, cli::Context& context)
    : context_(context) {
    if (!path)
        return;
    path_ = *path;
    descriptor_ = ::open(path_.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (descriptor_ < 0)
        fail_to_write(path_);
}

RejectLog::~RejectLog() {
    if (descriptor_ >= 0)
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
    write("");
    if (::fsync(descriptor_) != 0 && errno != EINVAL && errno != EROFS)
        fail_to_write(path_);
}

void RejectLog::write(const std::string& line) {
    buffer_ += line;
    if (!line.empty() && buffer_.size() < buffer_size)
        return;
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
