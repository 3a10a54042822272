package dev.noether.flink.config;

import java.io.Serializable;
import java.net.URI;
import java.time.Duration;

/**
 * What the console keeps.
 *
 * @param directory absolute URI of the directory of the store
 * @param retention time for which scores and incidents are kept, event time
 * @param storeBytes size above which the oldest are removed
 */
public record ConsoleStoreOptions(URI directory, Duration retention, long storeBytes) implements Serializable {
    public ConsoleStoreOptions {
        ConsoleSection.DIRECTORY.check(directory);
        ConsoleSection.RETENTION.check(retention);
        ConsoleSection.STORE_BYTES.check(storeBytes);
    }

    static ConsoleStoreOptions of(OptionValues values) {
        return new ConsoleStoreOptions(
                values.get(ConsoleSection.DIRECTORY),
                values.get(ConsoleSection.RETENTION),
                values.get(ConsoleSection.STORE_BYTES));
    }
}
