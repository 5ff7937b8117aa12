// SPDX-License-Identifier: MIT
#include "net/http.hpp"

namespace usagectl::net {

std::string_view HttpResponse::header(std::string_view name) const {
    for (const auto& [key, value] : headers) {
        if (key == name)
            return value;
    }
    return {};
}

}  // namespace usagectl::net
