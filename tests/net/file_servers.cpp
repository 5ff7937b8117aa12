// SPDX-License-Identifier: MIT
#include "net/file_servers.hpp"

#include <grp.h>
#include <pwd.h>
#include <sys/stat.h>
#include <unistd.h>

#include <stdexcept>

namespace usagectl::test {
namespace {

void run(const std::vector<std::string>& words) {
    if (Child(words).wait() != 0)
        throw std::runtime_error(words[0] + " failed");
}

// What `words` print.
std::string output(const Scratch& scratch, const std::vector<std::string>& words) {
    if (Child(words, scratch.path("output")).wait() != 0)
        throw std::runtime_error(words[0] + " failed");
    std::string text = scratch.read("output");
    std::filesystem::remove(scratch.path("output"));
    while (text.ends_with('\n'))
        text.pop_back();
    return text;
}

// A server is ended even when the test is killed.
std::vector<std::string> ends_with_us(std::vector<std::string> words) {
    words.insert(words.begin(), {"setpriv", "--pdeathsig", "TERM"});
    return words;
}

std::string own_name() {
    const passwd* const entry = ::getpwuid(::geteuid());
    if (entry == nullptr)
        throw std::runtime_error("this user has no name");
    return entry->pw_name;
}

std::string own_group() {
    const group* const entry = ::getgrgid(::getegid());
    if (entry == nullptr)
        throw std::runtime_error("this user's group has no name");
    return entry->gr_name;
}

std::string proftpd_base(int port, const Scratch& scratch) {
    return "ServerType standalone\nDefaultServer on\nUseIPv6 off\nDefaultAddress 127.0.0.1\n"
           "SocketBindTight on\nPort " +
           std::to_string(port) + "\nUser " + own_name() + "\nGroup " + own_group() +
           // Without a pause before it answers, to give no clue to a guesser; nobody guesses here.
           "\nDelayEngine off\nModulePath /usr/lib/proftpd\nLoadModule mod_tls.c\n"
           "RootLogin on\nRequireValidShell off\nAuthOrder mod_auth_file.c\nAuthUserFile " +
           scratch.path("users") + "\nAuthGroupFile " + scratch.path("groups") +
           "\nAllowOverwrite on\nAllowRetrieveRestart on\nMaxLoginAttempts 1\nWtmpLog off\n"
           "TransferLog none\nPidFile " +
           scratch.path("pid") + "\nScoreboardFile " + scratch.path("score") + "\nSystemLog " +
           scratch.path("log") + "\nDebugLevel 5\n";
}

std::string
proftpd_tls(const Certificate& certificate, const FtpSettings& settings, const Scratch& scratch) {
    // Nothing is said of TLSOptions NoSessionReuseRequired: a data connection must belong to the
    // TLS session of its control connection.
    return "TLSEngine on\nTLSRequired on\nTLSProtocol " + settings.tls + "\nTLSLog " +
           scratch.path("tls-log") + "\nTLSECCertificateFile " + certificate.certificate +
           "\nTLSECCertificateKeyFile " + certificate.key + "\n" +
           (settings.implicit ? "TLSOptions UseImplicitSSL\n" : "");
}

}  // namespace

FtpServer::FtpServer(const Certificate& certificate, const FtpSettings& settings) {
    // crypt(3) of `pass word`.
    constexpr const char* hash = "$6$throwaway$U8/ezo3wr5ofbx4F6qSzisjlF.tur3G"
                                 "5VL3TA65UPgs5knPVv78YemQxtIPYkGb2C8Ijc1gc/THXC3YZSpPy4.";
    const auto self = std::to_string(::geteuid()) + ":" + std::to_string(::getegid());
    scratch_.write(
        "users", "meter:" + std::string(hash) + ":" + self + "::" + home_.path() + ":/bin/false\n"
    );
    scratch_.write("groups", "meters:x:" + std::to_string(::getegid()) + ":\n");
    for (const auto* file : {"users", "groups"})
        ::chmod(scratch_.path(file).c_str(), 0600);
    std::string text = proftpd_base(port(), scratch_);
    if (!settings.mlsd)
        text += "<Limit MLSD>\nDenyAll\n</Limit>\n";
    if (settings.encrypted)
        text += proftpd_tls(certificate, settings, scratch_);
    const auto configuration = scratch_.write("proftpd.conf", text);
    child_ = std::make_unique<Child>(
        ends_with_us({"/usr/sbin/proftpd", "-n", "-c", configuration}), scratch_.path("output")
    );
    child_->wait_for_port(port());
}

SshServer::SshServer(const std::string& host_keys)
    : user_(own_name()) {
    if (::geteuid() == 0)
        ::mkdir("/run/sshd", 0755);  // sshd keeps its unprivileged half there
    std::string text = "ListenAddress 127.0.0.1\nPort " + std::to_string(port()) + "\n";
    for (const std::string kind : {"ed25519", "ecdsa", "rsa"}) {
        if (host_keys.find(kind) == std::string::npos)
            continue;
        make_ssh_key(scratch_.path("host-" + kind), kind);
        text += "HostKey " + scratch_.path("host-" + kind) + "\n";
    }
    make_ssh_key(key(), "ed25519");
    text += "AuthorizedKeysFile " + key() +
            ".pub\nPidFile none\nUsePAM no\nStrictModes no\n"
            "PasswordAuthentication yes\nKbdInteractiveAuthentication no\n"
            "PermitRootLogin yes\nAllowUsers " +
            user_ +
            "\n"
            "Subsystem sftp internal-sftp\nForceCommand internal-sftp -d " +
            files_.path() + "\nMaxStartups 100\n";
    const auto configuration = scratch_.write("sshd_config", text);
    child_ = std::make_unique<Child>(
        ends_with_us({"/usr/sbin/sshd", "-D", "-e", "-f", configuration}), scratch_.path("log")
    );
    child_->wait_for_port(port());
}

std::string SshServer::host_key(const std::string& kind) const {
    const std::string line = scratch_.read("host-" + kind + ".pub");
    return line.substr(0, line.rfind(' '));
}

std::string SshServer::known_hosts(const std::string& key) const {
    return scratch_.write(
        "known_hosts", "[127.0.0.1]:" + std::to_string(port()) + " " + key + "\n"
    );
}

std::string SshServer::fingerprint(const std::string& kind) const {
    const auto line = output(
        scratch_, {"ssh-keygen", "-l", "-E", "sha256", "-f", scratch_.path("host-" + kind + ".pub")}
    );
    const auto begin = line.find("SHA256:");
    return line.substr(begin, line.find(' ', begin) - begin);
}

void make_ssh_key(const std::string& path, const std::string& kind, const std::string& password) {
    std::vector<std::string> words{
        "ssh-keygen", "-q", "-t", kind, "-N", password, "-C", "test", "-f", path};
    if (kind == "rsa")
        words.insert(words.end(), {"-b", "2048"});  // made sooner
    run(words);
}

}  // namespace usagectl::test
