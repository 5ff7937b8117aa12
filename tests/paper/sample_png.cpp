// SPDX-License-Identifier: MIT
#include "paper/sample_png.hpp"

#include <cstring>
#include <stdexcept>
#include <vector>

#include <png.h>

namespace usagectl::paper_test {

std::string sample_png(int width, int height) {
    std::vector<png_byte> pixels;
    for (int y = 0; y < height; ++y) {
        for (int x = 0; x < width; ++x) {
            const bool corner = x < width / 8 && y < height / 8;
            const bool stripe = (x + y) / 20 % 2 == 0;
            pixels.push_back(stripe ? 0x2f : 0xf0);
            pixels.push_back(stripe ? 0x6f : 0xa0);
            pixels.push_back(stripe ? 0x9f : 0x20);
            pixels.push_back(corner ? 0 : 255);
        }
    }
    png_image image;
    std::memset(&image, 0, sizeof image);
    image.version = PNG_IMAGE_VERSION;
    image.width = static_cast<png_uint_32>(width);
    image.height = static_cast<png_uint_32>(height);
    image.format = PNG_FORMAT_RGBA;
    png_alloc_size_t size = 0;
    if (png_image_write_to_memory(&image, nullptr, &size, 0, pixels.data(), 0, nullptr) == 0)
        throw std::runtime_error(image.message);
    std::string png(size, '\0');
    if (png_image_write_to_memory(&image, png.data(), &size, 0, pixels.data(), 0, nullptr) == 0)
        throw std::runtime_error(image.message);
    png.resize(size);
    return png;
}

}  // namespace usagectl::paper_test
