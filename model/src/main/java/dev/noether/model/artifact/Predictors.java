package dev.noether.model.artifact;

import static java.util.Objects.requireNonNull;

import dev.noether.model.autoencoder.Autoencoder;
import dev.noether.model.autoencoder.Forecast;
import dev.noether.model.schedule.Schedule;
import org.jspecify.annotations.Nullable;

/**
 * The parts of a model that predict the newest row. Each prediction is a view: the reconstruction by the network and,
 * if there is one, the forecast.
 *
 * @param windowRows rows of a window that is reconstructed, at least 1
 * @param network reconstructs scaled windows of {@code windowRows × features} values
 * @param forecast predicts the newest row from the rows before it; null: the model has no forecast
 * @param schedule what recurs in the rows, and is taken off them before; null: nothing
 */
public record Predictors(
        int windowRows,
        Autoencoder network,
        @Nullable Forecast forecast,
        @Nullable Schedule schedule) {
    /** Makes predictors without a schedule. */
    public Predictors(int windowRows, Autoencoder network, @Nullable Forecast forecast) {
        this(windowRows, network, forecast, null);
    }

    /**
     * Checks the window and the parameters.
     *
     * @throws IllegalArgumentException if {@code windowRows} is below 1 or a parameter of the network is not finite
     */
    public Predictors {
        requireNonNull(network, "network");
        if (windowRows < 1) {
            throw new IllegalArgumentException("`windowRows` must be at least 1 (got " + windowRows + ")");
        }
        if (!network.allFinite()) {
            throw new IllegalArgumentException("the network's parameters must be finite (some are not)");
        }
    }

    /** The number of views: 1, or 2 with a forecast. */
    public int views() {
        return forecast == null ? 1 : 2;
    }

    /** Rows of an entity that must exist before its newest row can be judged, that row included. */
    public int contextRows() {
        return forecast == null ? windowRows : Math.max(windowRows, forecast.rows() + 1);
    }

    /** The same predictors with another schedule. */
    Predictors with(@Nullable Schedule other) {
        return new Predictors(windowRows, network, forecast, other);
    }

    void requireFeatures(int features) {
        if (schedule != null && schedule.features() != features) {
            throw new IllegalArgumentException(
                    "the schedule must have " + features + " features (got " + schedule.features() + ")");
        }
        if (forecast != null && forecast.features() != features) {
            throw new IllegalArgumentException(
                    "the forecast must have " + features + " features (got " + forecast.features() + ")");
        }
        if (network.shape().inputWidth() != (long) windowRows * features) {
            throw new IllegalArgumentException("the network must read windows of " + windowRows + " × " + features
                    + " values (got " + network.shape().inputWidth() + ")");
        }
    }
}
