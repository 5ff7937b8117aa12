// SPDX-License-Identifier: MIT
#include "app/pick_up.hpp"

#include <fnmatch.h>

#include <algorithm>
#include <array>

#include "input/staging.hpp"

namespace usagectl::app {

namespace {

// So much is fetched before the server's list is looked at again and the files are taken.
constexpr std::size_t batch_files = 1024;
constexpr std::uint64_t batch_bytes = 256ULL << 20;
constexpr int attempts = 4;  // of one transfer, each going on where the last was cut

// Names that writers give to files they have not finished.
bool unfinished_name(std::string_view name) {
    static constexpr std::array<std::string_view, 5> ends{
        ".part", ".tmp", ".filepart", ".partial", ".crdownload"};
    return name.starts_with('.') ||
           std::any_of(ends.begin(), ends.end(), [&](auto end) { return name.ends_with(end); });
}

bool same_version(const RemoteFile& left, const RemoteFile& right) {
    return left.size == right.size && left.modified == right.modified;
}

std::string version_of(const RemoteFile& file) {
    return file.name + '\n' + std::to_string(file.size.value_or(0)) + '\n' +
           std::to_string(file.modified ? unix_seconds(*file.modified) : 0);
}

struct Fetched {
    RemoteFile file;
    std::string path;
};

class Run {
public:
    Run(Store& store,
        RemoteFolder& folder,
        const PickUp& wish,
        const IngestRequest& request,
        const Actor& actor,
        const Clock& clock,
        const PickUpObserver& observer,
        input::Staging& staging)
        : store_(store)
        , folder_(folder)
        , wish_(wish)
        , request_(request)
        , actor_(actor)
        , clock_(clock)
        , observer_(observer)
        , staging_(staging) {}

    PickUpAnswer run() {
        try {
            take_new(choose(folder_.list()));
        } catch (const Failure& failure) {
            answer_.ended = failure.error();
        }
        return std::move(answer_);
    }

private:
    // The files to take; what was taken before is seen off.
    std::vector<RemoteFile> choose(const std::vector<RemoteFile>& listed) {
        std::vector<RemoteFile> chosen;
        for (const auto& file : listed) {
            if (::fnmatch(wish_.pattern.c_str(), file.name.c_str(), FNM_PERIOD) != 0)
                continue;
            if (unfinished_name(file.name)) {
                leave(file.name, "its name says that it is not finished");
                continue;
            }
            std::optional<TakenFile> taken;
            // A file without size and time cannot be told from its successor: only content can.
            if (file.size || file.modified)
                store_.read([&] { taken = store_.remote().find(folder_.shown(), file); });
            if (taken) {
                ++answer_.taken.known;
                see_off(std::move(*taken));
            } else if (file.modified && clock_.now() - *file.modified < wish_.settle) {
                leave(file.name, "it is younger than the settling time");
            } else {
                chosen.push_back(file);
            }
        }
        return chosen;
    }

    void take_new(const std::vector<RemoteFile>& chosen) {
        std::size_t next = 0;
        while (next < chosen.size()) {
            std::vector<Fetched> batch;
            std::uint64_t bytes = 0;
            while (next < chosen.size() && batch.size() < batch_files && bytes < batch_bytes) {
                batch.push_back(fetch(chosen[next++]));
                bytes += batch.back().file.size.value_or(0);
            }
            take_unchanged(batch);
        }
    }

    Fetched fetch(const RemoteFile& file) {
        Fetched fetched{file, staging_.path_of(version_of(file))};
        // Nothing says that what is left of an earlier run belongs to the same content.
        const bool resumable = file.size && file.modified;
        if (!resumable || input::Staging::size_of(fetched.path) > *file.size)
            input::Staging::discard(fetched.path);
        for (int attempt = 1;; ++attempt) {
            try {
                folder_.fetch(file.name, fetched.path, [&](std::uint64_t done) {
                    if (observer_.fetching)
                        observer_.fetching(file.name, done, file.size);
                    return !interrupted();
                });
                stop_when_interrupted();
                return fetched;
            } catch (const Failure& failure) {
                stop_when_interrupted();
                if (!failure.error().retryable || attempt == attempts)
                    throw;
            }
        }
    }

    void take_unchanged(const std::vector<Fetched>& batch) {
        const auto now = folder_.list();
        for (const auto& fetched : batch) {
            const auto& file = fetched.file;
            const auto still = std::lower_bound(
                now.begin(),
                now.end(),
                file.name,
                [](const RemoteFile& left, const auto& name) { return left.name < name; }
            );
            if (still == now.end() || still->name != file.name) {
                leave(file.name, "it went away while it was fetched");
            } else if (!same_version(*still, file) || !is_whole(fetched)) {
                leave(file.name, "it is still growing");
            } else {
                take(fetched);
            }
            input::Staging::discard(fetched.path);
        }
    }

    static bool is_whole(const Fetched& fetched) {
        const auto& told = fetched.file.size;
        return !told || input::Staging::size_of(fetched.path) == *told;
    }

    void take(const Fetched& fetched) {
        stop_when_interrupted();
        TakenFile taken;
        taken.folder = folder_.shown();
        taken.file = fetched.file;
        taken.finished = wish_.afterwards == Afterwards::leave;
        bool kept = false;
        auto observer = observer_.ingest;
        observer.keep = [&](const FileReport& report) {
            note(taken, report);
            store_.remote().save(taken);
            kept = true;
        };
        const auto shown = folder_.shown() + fetched.file.name;
        auto report = ingest_file(store_, request_, actor_, clock_, observer, fetched.path, shown);
        const bool broken = report.error && report.error->exit == Exit::unavailable;
        if (!kept && !broken && !request_.dry_run) {
            note(taken, report);
            // What was refused stays where a person can look at it.
            taken.finished = taken.finished || report.status == FileStatus::rejected;
            store_.write([&] { store_.remote().save(taken); });
        }
        if (observer_.ingest.file)
            observer_.ingest.file(report);
        answer_.taken.files.push_back(std::move(report));
        if (!broken && !request_.dry_run)
            see_off(std::move(taken));
    }

    void note(TakenFile& taken, const FileReport& report) {
        taken.sha256 = report.sha256;
        taken.status = to_string(report.status);
        taken.taken_at = clock_.now();
    }

    // Archives or deletes, once; then says so in the store.
    void see_off(TakenFile taken) {
        if (taken.finished || request_.dry_run)
            return;
        if (wish_.afterwards == Afterwards::archive)
            folder_.move(taken.file.name, wish_.archive);
        else if (wish_.afterwards == Afterwards::remove)
            folder_.remove(taken.file.name);
        taken.finished = true;
        store_.write([&] { store_.remote().save(taken); });
        ++answer_.taken.finished;
    }

    void leave(const std::string& name, std::string reason) {
        answer_.taken.left.push_back({folder_.shown() + name, std::move(reason)});
    }

    [[nodiscard]] bool interrupted() const {
        return observer_.ingest.interrupted && observer_.ingest.interrupted();
    }
    void stop_when_interrupted() const {
        if (interrupted())
            throw Interrupted{};
    }

    Store& store_;
    RemoteFolder& folder_;
    const PickUp& wish_;
    const IngestRequest& request_;
    const Actor& actor_;
    const Clock& clock_;
    const PickUpObserver& observer_;
    input::Staging& staging_;
    PickUpAnswer answer_;
};

}  // namespace

PickUpAnswer pick_up(
    Store& store,
    RemoteFolder& folder,
    const PickUp& wish,
    const IngestRequest& request,
    const Actor& actor,
    const Clock& clock,
    const PickUpObserver& observer
) {
    auto staging = input::Staging::open(wish.staging, folder.shown());
    if (!staging)
        return {{}, std::move(staging.error())};
    return Run(store, folder, wish, request, actor, clock, observer, *staging).run();
}

}  // namespace usagectl::app
