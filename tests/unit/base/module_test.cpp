// SPDX-License-Identifier: MIT
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include <catch2/catch.hpp>

#include "base/assert.hpp"
#include "base/error.hpp"
#include "base/module.hpp"

using namespace usagectl;

TEST_CASE("a failure thrown inside a module is caught as a failure outside") {
    auto* const throw_failure = module_function<void()>("thrower", "throw_failure");
    try {
        throw_failure();
        FAIL("nothing was thrown");
    } catch (const Failure& failure) {
        CHECK(failure.error().code == "disk_full");
        CHECK(failure.error().exit == Exit::unavailable);
        CHECK(failure.error().hint == "make room");
        CHECK(failure.error().retryable);
    }
}

TEST_CASE("a bug found inside a module is caught as a bug, and as its base class") {
    auto* const throw_bug = module_function<void()>("thrower", "throw_bug");
    CHECK_THROWS_AS(throw_bug(), Bug);
    CHECK_THROWS_AS(throw_bug(), std::logic_error);
}

TEST_CASE("a module that is not there is named with the places looked at") {
    try {
        static_cast<void>(module_symbol("nowhere", "anything"));
        FAIL("nothing was thrown");
    } catch (const Failure& failure) {
        CHECK(failure.error().code == "module_missing");
        CHECK(failure.error().message.find("/modules/usagectl-nowhere.so") != std::string::npos);
        CHECK(
            failure.error().message.find("/lib/usagectl/usagectl-nowhere.so") != std::string::npos
        );
        CHECK_FALSE(failure.error().hint.empty());
    }
}

TEST_CASE("a symbol that a module lacks is named") {
    try {
        static_cast<void>(module_symbol("thrower", "no_such_function"));
        FAIL("nothing was thrown");
    } catch (const Failure& failure) {
        CHECK(failure.error().code == "module_missing");
        CHECK(failure.error().message.find("no_such_function") != std::string::npos);
    }
}

TEST_CASE("a module name cannot lead out of the module directory") {
    CHECK_THROWS_AS(module_symbol("../thrower", "throw_failure"), Bug);
    CHECK_THROWS_AS(module_symbol("", "throw_failure"), Bug);
}

TEST_CASE("threads that ask for one symbol at once get the same one") {
    std::vector<void*> found(8);
    std::vector<std::thread> threads;
    for (void*& address : found) {
        threads.emplace_back([&address] { address = module_symbol("thrower", "throw_bug"); });
    }
    for (std::thread& thread : threads)
        thread.join();
    for (void* const address : found)
        CHECK(address == found.front());
}
