package dev.noether.lab.reproduce.run;

import dev.noether.lab.insight.AutoencoderRegion;
import dev.noether.lab.insight.NeighbourProbe;
import dev.noether.lab.insight.PiecewiseAffineMap;
import dev.noether.lab.insight.RegionCount;
import dev.noether.lab.insight.TransformationUse;
import dev.noether.model.autoencoder.Autoencoder;
import dev.noether.model.engine.Engine;
import dev.noether.model.series.SeriesSet;
import dev.noether.model.symmetry.Generators;
import dev.noether.model.symmetry.PenaltyOptions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** Inspects a trained network at some test rows: regions of the decoder, bi-orthogonality and use of the generators. */
final class NetworkInspector {
    private static final double[] RADII = {0.05, 0.1, 0.2, 0.4, 0.8, 1.6};
    private static final int ROWS = 8;
    private static final int CODES = 256;
    private static final int LINES = 32;
    private static final int PAIRS = 32;
    private static final long SEED = 5;

    private final Engine engine;
    private final Autoencoder network;
    private final SeriesSet rows;
    private final float[] codes;
    private final int codeCount;

    NetworkInspector(Engine engine, Autoencoder network, SeriesSet rows) {
        this.engine = engine;
        this.network = network;
        this.rows = rows;
        PiecewiseAffineMap encoder = PiecewiseAffineMap.encoder(network);
        int codeSize = network.shape().codeSize();
        this.codeCount = Math.min(CODES, rows.count());
        this.codes = new float[codeCount * codeSize];
        for (int row = 0; row < codeCount; row++) {
            double[] code = encoder.apply(rows.row(row));
            for (int unit = 0; unit < codeSize; unit++) {
                codes[row * codeSize + unit] = (float) code[unit];
            }
        }
    }

    /**
     * Inspects the network.
     *
     * @param generators that were learned with the network; null for none
     * @param penalty of that training; null for none
     * @param tangents whether the generators relate tangents (Eq. 13) or points (Eq. 12)
     */
    NetworkInspection inspect(@Nullable Generators generators, @Nullable PenaltyOptions penalty, boolean tangents) {
        int inspectedRows = Math.min(ROWS, rows.count());
        double defect = 0;
        for (int row = 0; row < inspectedRows; row++) {
            defect += AutoencoderRegion.at(network, rows.row(row)).biorthogonalityDefect() / inspectedRows;
        }
        NetworkInspection.@Nullable Use use =
                generators == null || penalty == null ? null : use(generators, penalty.withSamples(PAIRS), tangents);
        return new NetworkInspection(
                Arrays.stream(RADII).boxed().toList(),
                regions(inspectedRows),
                defect,
                use,
                generators == null ? null : generators.bytes(),
                generators == null ? null : generators.multiplicationsPerPoint());
    }

    private List<Double> regions(int inspectedRows) {
        PiecewiseAffineMap decoder = PiecewiseAffineMap.decoder(network);
        double[] scales = deviations();
        double[] sums = new double[RADII.length];
        for (int row = 0; row < inspectedRows; row++) {
            int[] counts =
                    RegionCount.inBalls(decoder, code(row), scales, RADII, LINES, new SplittableRandom(SEED + row));
            for (int index = 0; index < sums.length; index++) {
                sums[index] += (double) counts[index] / inspectedRows;
            }
        }
        return Arrays.stream(sums).boxed().toList();
    }

    private NetworkInspection.Use use(Generators generators, PenaltyOptions penalty, boolean tangents) {
        NeighbourProbe probe = new NeighbourProbe(engine, network, generators, penalty);
        SplittableRandom random = new SplittableRandom(SEED);
        TransformationUse use =
                tangents ? probe.tangents(codes, codeCount, random) : probe.points(codes, codeCount, random);
        List<List<Double>> shares = new ArrayList<>();
        for (double[] pair : use.contributions()) {
            double largest = Arrays.stream(pair).max().orElse(0);
            shares.add(Arrays.stream(pair)
                    .mapToObj(value -> largest > 0 ? value / largest : 0)
                    .toList());
        }
        return new NetworkInspection.Use(
                shares, finite(use.effectiveCount()), finite(use.sparsity()), finite(use.unexplained()));
    }

    private double[] code(int row) {
        int codeSize = network.shape().codeSize();
        double[] code = new double[codeSize];
        for (int unit = 0; unit < codeSize; unit++) {
            code[unit] = codes[row * codeSize + unit];
        }
        return code;
    }

    /**
     * Standard deviation of the codes, unit by unit. A unit that never fires has 0: the ball is flat in its direction.
     */
    private double[] deviations() {
        int codeSize = network.shape().codeSize();
        double[] deviations = new double[codeSize];
        for (int unit = 0; unit < codeSize; unit++) {
            double sum = 0;
            double squares = 0;
            for (int row = 0; row < codeCount; row++) {
                double value = codes[row * codeSize + unit];
                sum += value;
                squares += value * value;
            }
            double mean = sum / codeCount;
            deviations[unit] = Math.sqrt(Math.max(0, squares / codeCount - mean * mean));
        }
        return deviations;
    }

    private static @Nullable Double finite(double value) {
        return Double.isFinite(value) ? (Double) value : null;
    }
}
