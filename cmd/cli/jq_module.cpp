// SPDX-License-Identifier: MIT
#include "cli/jq_module.hpp"

#include <climits>
#include <cstring>

extern "C" {
#include <jq.h>
#include <jv.h>
}

namespace {

struct Complaint {
    void* context;
    UsagectlJqText* complain;
};

// libjq hands its message over as a value.
void pass_on(void* complaint, jv message) {
    const auto* to = static_cast<const Complaint*>(complaint);
    const jv text = jq_format_error(message);
    to->complain(
        to->context,
        jv_string_value(text),
        static_cast<std::size_t>(jv_string_length_bytes(jv_copy(text)))
    );
    jv_free(text);
}

void emit_value(jv value, void* context, UsagectlJqText* emit) {
    const bool string = jv_get_kind(value) == JV_KIND_STRING;
    const jv text = string ? value : jv_dump_string(value, 0);
    emit(
        context,
        jv_string_value(text),
        static_cast<std::size_t>(jv_string_length_bytes(jv_copy(text)))
    );
    jv_free(text);
}

}  // namespace

void* usagectl_jq_compile(const char* program, void* context, UsagectlJqText* complain) {
    jq_state* state = jq_init();
    if (state == nullptr)
        return nullptr;
    Complaint complaint{context, complain};
    jq_set_error_cb(state, pass_on, &complaint);
    const bool compiled = jq_compile(state, program) != 0;
    jq_set_error_cb(state, nullptr, nullptr);
    if (compiled)
        return state;
    jq_teardown(&state);
    return nullptr;
}

bool usagectl_jq_run(
    void* opaque,
    const char* json,
    std::size_t size,
    void* context,
    UsagectlJqText* emit,
    UsagectlJqText* complain
) {
    auto* state = static_cast<jq_state*>(opaque);
    if (size > INT_MAX) {
        constexpr const char* reason = "the answer is too large for jq; use --format jsonl";
        complain(context, reason, std::strlen(reason));
        return false;
    }
    Complaint complaint{context, complain};
    jq_start(state, jv_parse_sized(json, static_cast<int>(size)), 0);
    jv result = jq_next(state);
    while (jv_is_valid(result)) {
        emit_value(result, context, emit);
        result = jq_next(state);
    }
    if (!jv_invalid_has_msg(jv_copy(result))) {
        jv_free(result);
        return true;
    }
    pass_on(&complaint, jv_invalid_get_msg(result));
    return false;
}

void usagectl_jq_free(void* opaque) {
    auto* state = static_cast<jq_state*>(opaque);
    jq_teardown(&state);
}
