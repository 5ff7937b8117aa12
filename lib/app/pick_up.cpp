// SPDX-License-Identifier: MIT
#include "app/pick_up.hpp"

#include <fnmatch.h>

#include <algorithm>
#include <array>
#include <utility>

#include "app/fetch_ahead.hpp"
#include "input/staging.hpp"

namespace usagectl::app {

namespace {

// So much is fetched before the server's list is looked at again and the files are taken.
constexpr std::size_t batch_files = 1024;
constexpr std::uint64_t batch_bytes = 256ULL << 20;

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

class Run {
public:
    Run(Store& store,
        RemoteFolder& folder,
        const PickUp& wish,
        const TakeFile& take,
        const Clock& clock,
        const PickUpObserver& observer,
        input::Staging& staging)
        : store_(store)
        , folder_(folder)
        , wish_(wish)
        , take_(take)
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
        std::vector<TakenFile> known;
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
                store_.read([&] { taken = store_.remote().find(remembered_as(), file); });
            if (taken) {
                ++answer_.taken.known;
                known.push_back(std::move(*taken));
            } else if (file.modified && clock_.now() - *file.modified < wish_.settle) {
                leave(file.name, "it is younger than the settling time");
            } else {
                chosen.push_back(file);
            }
        }
        see_off(std::move(known));
        return chosen;
    }

    // While the files of one batch are taken, those of the next are fetched. The folder serves one
    // at a time: it is looked at, and files are seen off, between two batches.
    void take_new(const std::vector<RemoteFile>& chosen) {
        std::size_t next = 0;
        FetchAhead ahead(folder_, observer_.interrupted);
        ahead.begin(next_batch(chosen, next));
        for (auto batch = await(ahead); !batch.empty(); batch = await(ahead)) {
            const auto now = folder_.list();
            ahead.begin(next_batch(chosen, next));
            take_unchanged(batch, now);
        }
    }

    std::vector<Fetched> next_batch(const std::vector<RemoteFile>& chosen, std::size_t& next) {
        std::vector<Fetched> batch;
        std::uint64_t bytes = 0;
        while (next < chosen.size() && batch.size() < batch_files && bytes < batch_bytes) {
            const RemoteFile& file = chosen[next++];
            bytes += file.size.value_or(0);
            batch.push_back({file, staging_.path_of(version_of(file))});
        }
        return batch;
    }

    std::vector<Fetched> await(FetchAhead& ahead) {
        std::vector<Fetched> batch;
        try {
            batch = ahead.await(observer_.fetching);
        } catch (const Failure&) {
            stop_when_interrupted();
            see_off(std::exchange(taken_, {}));
            throw;
        }
        see_off(std::exchange(taken_, {}));
        return batch;
    }

    void take_unchanged(const std::vector<Fetched>& batch, const std::vector<RemoteFile>& now) {
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
        taken.folder = remembered_as();
        taken.file = fetched.file;
        taken.finished = wish_.afterwards == Afterwards::leave;
        bool kept = false;
        const auto keep = [&](const TakenAs& as) {
            note(taken, as);
            store_.remote().save(taken);
            kept = true;
        };
        const auto as = take_(fetched.path, folder_.shown() + fetched.file.name, keep);
        if (as.broken || wish_.dry_run)
            return;
        if (!kept) {
            note(taken, as);
            // What was refused stays where a person can look at it.
            taken.finished = taken.finished || as.rejected;
            store_.write([&] { store_.remote().save(taken); });
        }
        taken_.push_back(std::move(taken));
    }

    void note(TakenFile& taken, const TakenAs& as) {
        taken.sha256 = as.sha256;
        taken.status = as.status;
        taken.taken_at = clock_.now();
    }

    // Archives or deletes, once; then says so in the store. A file that may not go keeps no other
    // from it.
    void see_off(std::vector<TakenFile> files) {
        std::vector<TakenFile> gone;
        std::optional<Failure> cut;
        for (auto& file : files) {
            if (file.finished || wish_.dry_run)
                continue;
            try {
                send_away(file.file.name);
            } catch (const Failure& failure) {
                if (failure.error().retryable) {
                    cut = failure;
                    break;
                }
                leave(file.file.name, "it is taken, and could not go: " + failure.error().message);
                if (!answer_.ended)
                    answer_.ended = failure.error();
                continue;
            }
            file.finished = true;
            gone.push_back(std::move(file));
        }
        if (!gone.empty()) {
            store_.write([&] {
                for (const auto& file : gone)
                    store_.remote().save(file);
            });
            answer_.taken.finished += gone.size();
        }
        if (cut)
            throw *cut;
    }

    void send_away(const std::string& name) {
        if (wish_.afterwards == Afterwards::archive)
            folder_.move(name, wish_.archive);
        else if (wish_.afterwards == Afterwards::remove)
            folder_.remove(name);
    }

    void leave(const std::string& name, std::string reason) {
        answer_.taken.left.push_back({folder_.shown() + name, std::move(reason)});
    }

    [[nodiscard]] std::string remembered_as() const {
        return wish_.purpose.empty() ? folder_.shown() : wish_.purpose + " " + folder_.shown();
    }
    [[nodiscard]] bool interrupted() const {
        return observer_.interrupted && observer_.interrupted();
    }
    void stop_when_interrupted() const {
        if (interrupted())
            throw Interrupted{};
    }

    Store& store_;
    RemoteFolder& folder_;
    const PickUp& wish_;
    const TakeFile& take_;
    const Clock& clock_;
    const PickUpObserver& observer_;
    input::Staging& staging_;
    std::vector<TakenFile> taken_;  // and not seen off yet
    PickUpAnswer answer_;
};

}  // namespace

PickUpAnswer pick_up(
    Store& store,
    RemoteFolder& folder,
    const PickUp& wish,
    const TakeFile& take,
    const Clock& clock,
    const PickUpObserver& observer
) {
    auto staging = input::Staging::open(wish.staging, folder.shown());
    if (!staging)
        return {{}, std::move(staging.error())};
    return Run(store, folder, wish, take, clock, observer, *staging).run();
}

}  // namespace usagectl::app
