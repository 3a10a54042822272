package dev.noether.flink.config;

import java.io.Serializable;

/**
 * What the model sees at once.
 *
 * @param rows observations of one entity in a window
 */
public record WindowOptions(int rows) implements Serializable {
    public WindowOptions {
        Options.WINDOW_ROWS.check(rows);
    }
}
