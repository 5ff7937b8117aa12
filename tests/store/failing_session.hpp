// SPDX-License-Identifier: MIT
// A session that fails, or lets somebody else in, right before its n-th call, and works otherwise:
// proof that whatever happens in the middle of a transaction leaves the store as it should be.
#pragma once

#include <memory>
#include <utility>

#include "store/session.hpp"

namespace usagectl::test {

class FailingSession final : public store::Session {
public:
    // Calls before `arm` do not count; `calls` is read by the test.
    struct Trigger {
        bool armed = false;
        int fail_at = 0;  // counted from 1; 0: never
        int calls = 0;
        std::function<void()> instead = {};  // of failing
    };

    FailingSession(std::unique_ptr<store::Session> inner, Trigger& trigger)
        : inner_(std::move(inner))
        , trigger_(trigger) {}

    [[nodiscard]] store::Dialect dialect() const override { return inner_->dialect(); }
    void query(
        std::string_view sql,
        std::span<const store::Value> values,
        const std::function<bool(const store::Row&)>& visit
    ) override {
        count();
        inner_->query(sql, values, visit);
    }
    std::int64_t execute(std::string_view sql, std::span<const store::Value> values) override {
        count();
        return inner_->execute(sql, values);
    }
    void script(std::string_view sql) override {
        count();
        inner_->script(sql);
    }
    void update_rows(const store::BulkUpdate& rows) override {
        count();
        inner_->update_rows(rows);
    }
    [[nodiscard]] std::vector<std::size_t> insert_new(const store::BulkInsert& rows) override {
        count();
        return inner_->insert_new(rows);
    }
    void begin(store::Access access) override {
        count();
        inner_->begin(access);
    }
    void commit() override {
        count();
        inner_->commit();
    }
    void rollback() noexcept override { inner_->rollback(); }

private:
    void count() {
        if (!trigger_.armed || ++trigger_.calls != trigger_.fail_at)
            return;
        if (!trigger_.instead)
            throw Failure("store_failed", "made to fail");
        trigger_.instead();
    }

    std::unique_ptr<store::Session> inner_;
    Trigger& trigger_;
};

}  // namespace usagectl::test
