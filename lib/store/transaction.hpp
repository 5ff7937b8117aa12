// SPDX-License-Identifier: MIT
// A transaction as a scope: rolled back unless it came to its commit.
#pragma once

#include "store/session.hpp"

namespace usagectl::store {

class Transaction {
public:
    Transaction(Session& session, Access access)
        : session_(session) {
        session_.begin(access);
    }
    Transaction(const Transaction&) = delete;
    Transaction& operator=(const Transaction&) = delete;
    ~Transaction() {
        if (!committed_)
            session_.rollback();
    }
    void commit() {
        session_.commit();
        committed_ = true;
    }

private:
    Session& session_;
    bool committed_ = false;
};

}  // namespace usagectl::store
