// SPDX-License-Identifier: MIT
#include "stores.hpp"

#include "base/assert.hpp"
#include "store/open.hpp"
#include "store/url.hpp"

namespace usagectl {

void Datastores::prepare(const Clock& clock, bool directories) {
    clock_ = &clock;
    directories_ = directories;
}

const Clock& Datastores::clock() const {
    USAGECTL_ASSERT(clock_ != nullptr);
    return *clock_;
}

std::unique_ptr<app::Store> Datastores::open(const std::string& url) {
    return store::open_store({.url = url, .directories = directories_}, clock());
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

std::vector<std::string>
Datastores::meters(const std::string& url, std::string_view prefix, std::size_t limit) noexcept {
    try {
        const auto opened = store::open_for_completion(url);
        return opened ? opened->meters().ids(prefix, limit) : std::vector<std::string>{};
    } catch (const std::exception&) {
        return {};
    }
}

std::vector<std::string>
Datastores::tariffs(const std::string& url, std::string_view prefix, std::size_t limit) noexcept {
    try {
        const auto opened = store::open_for_completion(url);
        return opened ? opened->tariffs().names(prefix, limit) : std::vector<std::string>{};
    } catch (const std::exception&) {
        return {};
    }
}

std::string Datastores::sqlite_version() const {
    return store::sqlite_version();
}

int Datastores::newest_schema() const {
    return store::newest_schema();
}

}  // namespace usagectl
