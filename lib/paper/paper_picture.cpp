// SPDX-License-Identifier: MIT
// PNG by libpng's simplified interface: libharu's own reader ends the whole program on a damaged
// file, and keeps transparency that a viewer has to be able to draw.
#include <cstring>
#include <new>
#include <vector>

#include <png.h>

#include "paper/paper_module.hpp"

bool usagectl_paper_read_png(
    const void* png,
    std::size_t size,
    std::int32_t side_max,
    void* context,
    UsagectlPaperBytes* take,
    std::int32_t* width,
    std::int32_t* height
) {
    png_image image;
    std::memset(&image, 0, sizeof image);
    image.version = PNG_IMAGE_VERSION;
    if (png_image_begin_read_from_memory(&image, png, size) == 0)
        return false;
    const auto most = static_cast<png_uint_32>(side_max);
    if (image.width > most || image.height > most) {
        png_image_free(&image);
        return false;
    }
    image.format = PNG_FORMAT_RGB;
    constexpr png_color white{255, 255, 255};
    // What throws must not go on into a C caller; a picture too big for the memory is unreadable.
    try {
        std::vector<png_byte> pixels(PNG_IMAGE_SIZE(image));
        if (png_image_finish_read(&image, &white, pixels.data(), 0, nullptr) == 0)
            return false;
        *width = static_cast<std::int32_t>(image.width);
        *height = static_cast<std::int32_t>(image.height);
        take(context, nullptr, pixels.size());
        take(context, pixels.data(), pixels.size());
        return true;
    } catch (const std::bad_alloc&) {
        png_image_free(&image);
        return false;
    }
}
