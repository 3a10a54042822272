package dev.noether.flink.config;

import java.io.Serializable;

/**
 * Who may judge incidents in the console, and whether it speaks HTTPS. It contains no secret, only names of files.
 *
 * @param tokenFile file with the token; empty if nobody may judge
 * @param keyStoreFile PKCS #12 file with certificate and key; empty for HTTP
 * @param keyStorePasswordFile file with its password; empty for none
 */
public record ConsoleAccessOptions(String tokenFile, String keyStoreFile, String keyStorePasswordFile)
        implements Serializable {
    public ConsoleAccessOptions {
        ConsoleSection.TOKEN_FILE.check(tokenFile);
        ConsoleSection.KEY_STORE_FILE.check(keyStoreFile);
        ConsoleSection.KEY_STORE_PASSWORD_FILE.check(keyStorePasswordFile);
    }

    static ConsoleAccessOptions of(OptionValues values) {
        return new ConsoleAccessOptions(
                values.get(ConsoleSection.TOKEN_FILE),
                values.get(ConsoleSection.KEY_STORE_FILE),
                values.get(ConsoleSection.KEY_STORE_PASSWORD_FILE));
    }
}
