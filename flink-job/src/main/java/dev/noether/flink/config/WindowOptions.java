package dev.noether.flink.config;

import java.io.Serializable;

/**
 * Size of the model's input.
 *
 * @param rows number of observations of one entity in a window
 */
public record WindowOptions(int rows) implements Serializable {
    public WindowOptions {
        WindowSection.ROWS.check(rows);
    }

    static WindowOptions of(OptionValues values) {
        return new WindowOptions(values.get(WindowSection.ROWS));
    }
}
