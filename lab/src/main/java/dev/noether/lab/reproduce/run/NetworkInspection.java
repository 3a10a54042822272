package dev.noether.lab.reproduce.run;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a trained network is like inside.
 *
 * @param radii of balls about the codes of test rows, in standard deviations of the codes
 * @param regions of the decoder met in each ball, mean over the rows; a lower bound
 * @param biorthogonalityDefect of Proposition 1, mean over test rows; 0 where the encoder undoes the decoder
 * @param use which generators relate neighbours; null where none were learned
 * @param generatorBytes that the generators take; null where none were learned
 * @param multiplications to move one point by all generators; null where none were learned
 */
public record NetworkInspection(
        List<Double> radii,
        List<Double> regions,
        double biorthogonalityDefect,
        @Nullable Use use,
        @Nullable Long generatorBytes,
        @Nullable Long multiplications) {

    /** Copies the lists. */
    public NetworkInspection {
        radii = List.copyOf(radii);
        regions = List.copyOf(regions);
    }

    /**
     * The epsilon map (Fig. 5).
     *
     * @param shares what each generator contributes to each sampled pair, {@code [pairs][generators]}, largest of a
     *     pair 1
     * @param used transformations that a pair really uses; null if none moves any
     * @param sparsity Hoyer's, 0 where all do the same; null if none moves any
     * @param unexplained share of the squared differences that no generator explains; null without pairs
     */
    public record Use(
            List<List<Double>> shares,
            @Nullable Double used,
            @Nullable Double sparsity,
            @Nullable Double unexplained) {

        /** Copies the lists. */
        public Use {
            shares = shares.stream().map(List::copyOf).toList();
        }
    }
}
