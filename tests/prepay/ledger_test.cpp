// SPDX-License-Identifier: MIT
// Entries and postings: what goes in comes out, and nothing else is taken.
#include <catch2/catch.hpp>
#include <rapidcheck.h>

#include "ledger/chart.hpp"
#include "ledger/entry.hpp"
#include "ledger/posting_text.hpp"

using namespace usagectl;
using namespace usagectl::ledger;

namespace {

Posting any_posting() {
    Posting posting;
    posting.code = *rc::gen::inRange<std::int64_t>(1, 1'000'000);
    posting.amount = Money::from_micro(*rc::gen::arbitrary<std::int64_t>());
    if (*rc::gen::arbitrary<bool>()) {
        posting.component = *rc::gen::inRange(0, 64);
        posting.tier = *rc::gen::inRange(0, 64);
        posting.quantity = *rc::gen::arbitrary<std::int64_t>();
        posting.rate = Rate::from_nano(*rc::gen::arbitrary<std::int64_t>());
    }
    return posting;
}

}  // namespace

TEST_CASE("postings come out of their text as they went in") {
    CHECK(rc::check("any postings", [] {
        const auto count = *rc::gen::inRange(0, 12);
        std::vector<Posting> postings;
        for (int i = 0; i < count; ++i)
            postings.push_back(any_posting());
        std::string text;
        write_postings(postings, text);
        RC_ASSERT(read_postings(text) == postings);
    }));
}

TEST_CASE("a text that is cut or touched is no list of postings, or another one") {
    const std::vector<Posting> postings{
        {7, Money::from_cents(-123), 0, 1, 12'300, Rate::from_nano(100'000'000)},
        {9, Money::from_cents(-20)}};
    std::string text;
    write_postings(postings, text);
    CHECK(text == "[[7,-1230000,0,1,12300,100000000],[9,-200000]]");
    for (std::size_t cut = 0; cut < text.size(); ++cut)
        CHECK_FALSE(read_postings(text.substr(0, cut)));
    for (const auto* wrong : {"", "[", "[]]", "[[1]]", "[[1,2,3]]", "[[1,2],]", "[[1,x]]", " []"})
        CHECK_FALSE(read_postings(wrong));
    CHECK(read_postings("[]")->empty());
}

TEST_CASE("an entry is balanced when its postings are its amount, however large") {
    Entry entry;
    entry.amount = Money::from_cents(-320);
    entry.postings = {{1, Money::from_cents(-300)}, {2, Money::from_cents(-20)}};
    CHECK(balanced(entry));
    entry.postings.back().amount = Money::from_cents(-19);
    CHECK_FALSE(balanced(entry));
    const auto huge = Money::from_micro(std::numeric_limits<std::int64_t>::max());
    entry.postings = {{1, huge}, {2, huge}, {3, huge}};
    entry.amount = huge;
    CHECK_FALSE(balanced(entry));
}

TEST_CASE("names of the chart group by class, whatever the names from outside hold") {
    CHECK(received_by("cash") == "asset:cash");
    CHECK(received_by("agent", "Corner Shop #3") == "asset:receivable:agent:Corner_Shop__3");
    CHECK(revenue("energy", "Energy: peak") == "income:energy:Energy__peak");
    CHECK(tax("", "City") == "liability:tax:unnamed:City");
    for (const auto& code :
         {received_by("card"),
          received_by("agent", "\n:"),
          tax("TX", "Sales"),
          fee("setup"),
          std::string(pca_clearing)}) {
        INFO(code);
        CHECK(valid_code(code));
    }
    CHECK_FALSE(valid_code("revenue:energy"));
    CHECK_FALSE(valid_code("income::x"));
    CHECK_FALSE(valid_code("income:a b"));
}
