package dev.noether.flink.config;

import java.io.Serializable;

/**
 * The console: the page that shows what a detector finds.
 *
 * @param bind address of this machine that it listens on
 * @param port port that it listens on; 0 for a free one
 * @param store what it keeps
 * @param access who may judge incidents, and whether it speaks HTTPS
 * @param flink address of Flink's REST endpoint; empty for none
 */
public record ConsoleOptions(
        String bind, int port, ConsoleStoreOptions store, ConsoleAccessOptions access, String flink)
        implements Serializable {
    public ConsoleOptions {
        ConsoleSection.BIND.check(bind);
        ConsoleSection.PORT.check(port);
        ConsoleSection.FLINK.check(flink);
    }

    static ConsoleOptions of(OptionValues values) {
        return new ConsoleOptions(
                values.get(ConsoleSection.BIND),
                values.get(ConsoleSection.PORT),
                ConsoleStoreOptions.of(values),
                ConsoleAccessOptions.of(values),
                values.get(ConsoleSection.FLINK));
    }
}
