package dev.noether.model.training;

import dev.noether.model.autoencoder.Autoencoder;
import dev.noether.model.engine.Engine;
import org.jspecify.annotations.Nullable;

/**
 * Whether a detector uses what its network learned beyond the linear base of the network.
 *
 * @param isUsed false: the detector uses linear parts only
 * @param areas measured detection of artificial breaks; null if there was no choice, because the network has no base or
 *     is its base
 */
record LearnedPartDecision(boolean isUsed, @Nullable BreakAreas areas) {
    /**
     * The learned part must improve the area under the ROC for artificial breaks by more than this. Gains of up to 0.04
     * did not improve the detection of real incidents.
     */
    private static final double LEAST_GAIN = 0.05;

    /**
     * Areas under the ROC for artificial breaks, in [0, 1].
     *
     * @param withLearnedPart area of the whole network
     * @param baseAlone area of its linear base
     */
    record BreakAreas(double withLearnedPart, double baseAlone) {}

    /**
     * Decides.
     *
     * @param features values in a row
     * @param train windows that the network was trained on
     * @param heldOut windows that it was not trained on, at least one
     * @param seed seed of the artificial breaks
     */
    static LearnedPartDecision of(
            Engine engine, Autoencoder network, int features, WindowSet train, WindowSet heldOut, long seed) {
        if (network.isBaseOnly()) {
            return new LearnedPartDecision(false, null);
        }
        if (network.base().isEmpty()) {
            return new LearnedPartDecision(true, null);
        }
        BreakDetection breaks = new BreakDetection(engine, features, train, heldOut, seed);
        BreakAreas areas = new BreakAreas(breaks.area(network), breaks.area(network.baseAlone()));
        return new LearnedPartDecision(areas.withLearnedPart() > areas.baseAlone() + LEAST_GAIN, areas);
    }
}
