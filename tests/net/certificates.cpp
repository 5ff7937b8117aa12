// SPDX-License-Identifier: MIT
#include "net/certificates.hpp"

#include <stdexcept>

#include "net/child.hpp"

namespace usagectl::test {
namespace {

void openssl(std::vector<std::string> words) {
    words.insert(words.begin(), "openssl");
    Child child(words);
    if (child.wait() != 0)
        throw std::runtime_error("openssl " + words[1] + " failed");
}

}  // namespace

Authority::Authority(const std::string& name)
    : own_{scratch_.path("ca.pem"), scratch_.path("ca.key")} {
    openssl(
        {"req",
         "-x509",
         "-newkey",
         "ec",
         "-pkeyopt",
         "ec_paramgen_curve:P-256",
         "-nodes",
         "-days",
         "2",
         "-subj",
         "/CN=" + name,
         "-keyout",
         own_.key,
         "-out",
         own_.certificate}
    );
}

Certificate Authority::issue(const std::string& names, bool expired) {
    const std::string number = std::to_string(++issued_);
    const Certificate made{scratch_.path(number + ".pem"), scratch_.path(number + ".key")};
    const std::string request = scratch_.path(number + ".csr");
    openssl(
        {"req",
         "-new",
         "-newkey",
         "ec",
         "-pkeyopt",
         "ec_paramgen_curve:P-256",
         "-nodes",
         "-subj",
         "/CN=throw-away",
         "-keyout",
         made.key,
         "-out",
         request}
    );
    openssl(
        {"x509",
         "-req",
         "-in",
         request,
         "-CA",
         own_.certificate,
         "-CAkey",
         own_.key,
         "-set_serial",
         std::to_string(1000 + issued_),
         "-days",
         expired ? "-1" : "2",
         "-extfile",
         scratch_.write("extensions", "subjectAltName=" + names + "\n"),
         "-out",
         made.certificate}
    );
    return made;
}

}  // namespace usagectl::test
