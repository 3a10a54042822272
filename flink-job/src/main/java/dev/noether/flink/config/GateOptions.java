package dev.noether.flink.config;

import java.io.Serializable;

/**
 * Settings of the gate that a new model passes before it scores.
 *
 * @param gateFraction fraction of the history, at its end, that the new model is judged on
 */
public record GateOptions(double gateFraction) implements Serializable {
    public GateOptions {
        RetrainingSection.GATE_FRACTION.check(gateFraction);
    }

    static GateOptions of(OptionValues values) {
        return new GateOptions(values.get(RetrainingSection.GATE_FRACTION));
    }
}
