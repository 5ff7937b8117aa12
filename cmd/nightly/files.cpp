// SPDX-License-Identifier: MIT
#include "nightly/files.hpp"

#include "app/legacy_export.hpp"
#include "app/reading_requests.hpp"
#include "cli/output_file.hpp"

namespace usagectl {

namespace {

// Writes a file of the night as a whole. A place that does not take it is a refusal, which the
// night tells and goes on: charges do not wait for a file.
Result<void> write_into(
    const std::string& path,
    std::string_view setting,
    LocalDay day,
    const std::function<void(cli::OutputFile&)>& fill
) {
    try {
        cli::write_whole(path, fill);
    } catch (const cli::OutputFailure& failure) {
        auto error = failure.error();
        error.hint = "make " + std::string(setting) +
                     " a folder that takes the file, then write it with `usagectl nightly --date " +
                     format_day(day) + "`";
        return tl::unexpected(std::move(error));
    }
    return {};
}

}  // namespace

std::function<Result<app::NightlyRequest::Exported>(LocalDay)>
export_into(const std::string& folder, app::Store& store, const app::Prepay& prepay) {
    if (folder.empty())
        return {};
    return [&store, &prepay, folder](LocalDay day) -> Result<app::NightlyRequest::Exported> {
        app::LegacyExported exported;
        const auto path = folder + "/prepay-charges-" + format_day(day) + ".csv";
        const auto written =
            write_into(path, "legacy.export_directory", day, [&](cli::OutputFile& file) {
                store.read([&] {
                    exported =
                        app::export_prepay_charges(store, day, prepay, [&](std::string_view rows) {
                            file.write(rows);
                        });
                });
            });
        if (!written)
            return tl::unexpected(written.error());
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
        const auto written =
            write_into(path, "nightly.request_directory", day, [&](cli::OutputFile& file) {
                asked = app::request_readings(store, day, now, [&](std::string_view rows) {
                    file.write(rows);
                });
            });
        if (!written)
            return tl::unexpected(written.error());
        return asked;
    };
}

}  // namespace usagectl
