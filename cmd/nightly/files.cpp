// SPDX-License-Identifier: MIT
#include "nightly/files.hpp"

#include "app/legacy_export.hpp"
#include "app/reading_requests.hpp"
#include "cli/output_file.hpp"

namespace usagectl {

std::function<app::NightlyRequest::Exported(LocalDay)>
export_into(const std::string& folder, app::Store& store, const app::Prepay& prepay) {
    if (folder.empty())
        return {};
    return [&store, &prepay, folder](LocalDay day) {
        app::LegacyExported exported;
        const auto path = folder + "/prepay-charges-" + format_day(day) + ".csv";
        cli::write_whole(path, [&](cli::OutputFile& file) {
            store.read([&] {
                exported =
                    app::export_prepay_charges(store, day, prepay, [&](std::string_view rows) {
                        file.write(rows);
                    });
            });
        });
        return app::NightlyRequest::Exported{exported.rows, exported.amount};
    };
}

std::function<Result<std::int64_t>(LocalDay)>
requests_into(const std::string& folder, app::Store& store, Instant now) {
    if (folder.empty())
        return {};
    return [&store, folder, now](LocalDay day) -> Result<std::int64_t> {
        std::int64_t asked = 0;
        const auto path = folder + "/reading-requests-" + format_day(day) + ".csv";
        try {
            cli::write_whole(path, [&](cli::OutputFile& file) {
                asked = app::request_readings(store, day, now, [&](std::string_view rows) {
                    file.write(rows);
                });
            });
        } catch (const cli::OutputFailure& failure) {
            auto error = failure.error();
            error.hint = "make nightly.request_directory a folder that takes the file, then write "
                         "the list with `usagectl nightly --date " +
                         format_day(day) + "`";
            return tl::unexpected(std::move(error));
        }
        return asked;
    };
}

}  // namespace usagectl
