// SPDX-License-Identifier: MIT
#include <algorithm>
#include <array>

#include "net/listing_parts.hpp"
#include "net/remote_url.hpp"

namespace usagectl::net {
namespace {

// The five entities that HTML knows without a definition, in a name.
std::string html_text(std::string_view text) {
    constexpr std::array<std::pair<std::string_view, char>, 6> entities{{
        {"&amp;", '&'},
        {"&lt;", '<'},
        {"&gt;", '>'},
        {"&quot;", '"'},
        {"&#39;", '\''},
        {"&apos;", '\''},
    }};
    std::string plain;
    while (!text.empty()) {
        const auto* const found =
            std::find_if(entities.begin(), entities.end(), [text](const auto& entity) {
                return text.starts_with(entity.first);
            });
        plain += found != entities.end() ? found->second : text.front();
        text.remove_prefix(found != entities.end() ? found->first.size() : 1);
    }
    return plain;
}

// The file a link of the index page leads to; empty when it leads elsewhere.
std::string linked_name(std::string_view link, std::string_view folder) {
    const std::string target = html_text(link);
    if (target.find_first_of("?#") != std::string::npos)
        return {};  // a way to sort, or another page's part
    std::string path = percent_decoded(target);
    if (path.starts_with(folder))
        path.erase(0, folder.size());
    else if (path.starts_with("./"))
        path.erase(0, 2);
    // `mailto:x` and `https://…` have a colon before anything a name would have escaped.
    return target.find(':') != std::string::npos ? std::string() : path;
}

}  // namespace

Files parse_index_page(std::string_view html, std::string_view folder, std::size_t limit) {
    Gathering files(limit);
    constexpr std::string_view attribute = "href=";
    while (!files.full()) {
        const auto found = std::search(
            html.begin(),
            html.end(),
            attribute.begin(),
            attribute.end(),
            [](char a, char b) { return lower(a) == b; }
        );
        if (found == html.end())
            break;
        html.remove_prefix(static_cast<std::size_t>(found - html.begin()) + attribute.size());
        if (html.empty() || (html.front() != '"' && html.front() != '\''))
            continue;
        const std::size_t end = html.find(html.front(), 1);
        if (end == std::string_view::npos)
            break;
        files.add(app::RemoteFile{linked_name(html.substr(1, end - 1), folder), {}, {}});
        html.remove_prefix(end + 1);
    }
    return files.finish();
}

}  // namespace usagectl::net
