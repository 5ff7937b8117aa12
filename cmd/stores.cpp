// SPDX-License-Identifier: MIT
#include "stores.hpp"

#include "base/assert.hpp"
#include "store/open.hpp"
#include "store/url.hpp"

namespace usagectl {

namespace {

// Completion is silent on any trouble.
template <class Ask>
std::vector<std::string> names_in(const std::string& url, const Ask& ask) noexcept {
    try {
        const auto opened = store::open_for_completion(url);
        return opened ? ask(*opened) : std::vector<std::string>{};
    } catch (const std::exception&) {
        return {};
    }
}

}  // namespace

void Datastores::prepare(const Clock& clock, bool directories) {
    clock_ = &clock;
    directories_ = directories;
}

const Clock& Datastores::clock() const {
    USAGECTL_ASSERT(clock_ != nullptr);
    return *clock_;
}

std::unique_ptr<app::Store> Datastores::open(const std::string& url, const Look& look) {
    return store::open_store({.url = url, .directories = directories_}, clock(), look);
}

app::StoreStatus Datastores::init(const std::string& url, bool sandbox) {
    store::init_store({.url = url, .directories = directories_}, sandbox, clock());
    return status(url);
}

app::StoreStatus Datastores::migrate(const std::string& url) {
    static_cast<void>(store::migrate_store({.url = url, .directories = directories_}, clock()));
    return status(url);
}

app::StoreStatus Datastores::status(const std::string& url) {
    return store::store_status({.url = url});
}

std::string Datastores::mask(const std::string& url) const {
    return store::mask_url(url);
}

bool Datastores::is_remote(const std::string& url) const {
    return store::is_remote(url);
}

std::vector<std::string> Datastores::names(
    cli::Complete what, const std::string& url, std::string_view prefix, std::size_t limit
) noexcept {
    return names_in(url, [&](app::Store& store) -> std::vector<std::string> {
        switch (what) {
        case cli::Complete::account:
            return store.accounts().ids(prefix, limit);
        case cli::Complete::agent:
            return store.agents().ids(prefix, limit);
        case cli::Complete::card_batch:
            return store.cards().batch_names(prefix, limit);
        case cli::Complete::meter:
            return store.meters().ids(prefix, limit);
        case cli::Complete::tariff:
            return store.tariffs().names(prefix, limit);
        default:
            return {};
        }
    });
}

std::string Datastores::sqlite_version() const {
    return store::sqlite_version();
}

int Datastores::newest_schema() const {
    return store::newest_schema();
}

}  // namespace usagectl
