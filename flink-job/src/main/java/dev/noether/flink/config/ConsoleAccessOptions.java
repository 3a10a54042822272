package dev.noether.flink.config;

import java.io.Serializable;
import java.util.List;

/**
 * Who may judge incidents in the console, and whether it speaks HTTPS. It contains no secret, only names of files.
 *
 * @param hosts names of the host that requests may have, besides addresses
 * @param tokenFile file with the token; empty if nobody may judge
 * @param keyStoreFile PKCS #12 file with certificate and key; empty for HTTP
 * @param keyStorePasswordFile file with its password; empty for none
 */
public record ConsoleAccessOptions(
        List<String> hosts, String tokenFile, String keyStoreFile, String keyStorePasswordFile)
        implements Serializable {
    public ConsoleAccessOptions {
        hosts = List.copyOf(hosts);
        ConsoleSection.HOSTS.check(hosts);
        ConsoleSection.TOKEN_FILE.check(tokenFile);
        ConsoleSection.KEY_STORE_FILE.check(keyStoreFile);
        ConsoleSection.KEY_STORE_PASSWORD_FILE.check(keyStorePasswordFile);
    }

    static ConsoleAccessOptions of(OptionValues values) {
        return new ConsoleAccessOptions(
                values.get(ConsoleSection.HOSTS),
                values.get(ConsoleSection.TOKEN_FILE),
                values.get(ConsoleSection.KEY_STORE_FILE),
                values.get(ConsoleSection.KEY_STORE_PASSWORD_FILE));
    }
}
