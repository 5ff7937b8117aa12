// SPDX-License-Identifier: MIT
#include "store/datastore.hpp"

#include "store/block_check.hpp"
#include "store/lock.hpp"
#include "store/schema.hpp"
#include "store/transaction.hpp"

namespace usagectl::store {

Datastore::Datastore(std::unique_ptr<Session> session, std::string shown)
    : session_(std::move(session))
    , shown_(std::move(shown))
    , sandbox_(read_sandbox(*session_))
    , meters_(*session_)
    , blocks_(*session_)
    , audit_(*session_)
    , keys_(*session_)
    , market_(*session_)
    , remote_(*session_)
    , backfill_(*session_)
    , tariffs_(*session_)
    , rules_(*session_)
    , accounts_(*session_)
    , ledger_(*session_)
    , service_(*session_)
    , legacy_(*session_)
    , reconcile_(*session_)
    , nightly_(*session_)
    , quotes_(*session_)
    , roles_(*session_)
    , cards_(*session_)
    , agents_(*session_) {}

void Datastore::run(Access access, const std::function<void()>& work) {
    try {
        Transaction transaction(*session_, access);
        work();
        transaction.commit();
    } catch (...) {
        blocks_.forget();
        ledger_.forget();
        throw;
    }
}

void Datastore::write(const std::function<void()>& work) {
    run(Access::write, work);
}

void Datastore::write_soon(const std::function<void()>& work) {
    run(Access::write_soon, work);
}

void Datastore::read(const std::function<void()>& work) {
    run(Access::read, work);
}

void Datastore::lock_ingest() {
    lock_until_end(*session_, Lock::ingest);
}

app::StoreStatus Datastore::status() {
    auto status = describe(read_schema(*session_), session_->dialect(), sandbox_, shown_);
    status.roles = roles_.all();
    return status;
}

void Datastore::check(const std::function<void(std::string)>& finding) {
    check_engine(*session_, finding);
    read([&] {
        blocks_.check(finding);
        check_sources(*session_, finding);
        tariffs_.check(finding);
    });
}

}  // namespace usagectl::store
