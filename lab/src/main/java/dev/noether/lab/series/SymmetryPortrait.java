package dev.noether.lab.series;

import static java.util.Objects.requireNonNull;

import dev.noether.model.series.SeriesSet;
import dev.noether.model.symmetry.learned.EstimatedRotation;
import dev.noether.model.symmetry.learned.GeneratorCovariance;
import dev.noether.model.symmetry.learned.RotationEstimator;
import dev.noether.model.symmetry.learned.RotationFlow;
import dev.noether.model.symmetry.learned.ShiftFlow;
import dev.noether.model.symmetry.learned.SymmetryCandidate;
import dev.noether.model.symmetry.learned.SymmetryFamily;
import dev.noether.model.symmetry.learned.TimeWarpGenerators;
import dev.noether.model.symmetry.learned.ValueGenerator;
import dev.noether.model.symmetry.learned.WarpFlow;
import java.util.ArrayList;
import java.util.List;

/**
 * The numbers of a figure of a symmetry, by which an expert on the data can judge it: each generator as a curve over
 * time, the distance of near neighbours along it, and one training series that is moved along it.
 *
 * @param candidate symmetry of the portrait
 * @param series the training series that is moved, {@code [length]}
 * @param explainedShare share of the squared differences of near neighbours that the motions explain, in [0, 1]; NaN if
 *     the motions are prescribed
 * @param motions the generators in the order of falling strength
 */
public record SymmetryPortrait(
        SymmetryCandidate candidate, List<Double> series, double explainedShare, List<Motion> motions) {

    /** Displacements of the series, in standard deviations of the learned or prescribed step times the strength. */
    public static final List<Double> STEPS = List.of(-2.0, -1.0, 1.0, 2.0);

    /** Copies the lists. */
    public SymmetryPortrait {
        requireNonNull(candidate, "candidate");
        series = List.copyOf(series);
        motions = List.copyOf(motions);
    }

    /**
     * One generator.
     *
     * @param velocity displacement of each sample at one standard deviation of the step, {@code [length]}: along the
     *     time axis, in samples, for warps and shifts; in the unit of the values for all others
     * @param strength standard deviation of the step between near neighbours, before the candidate's factor: the root
     *     mean square over time of the velocity for warps and shifts, the deviation of the weight for all others
     * @param moved the series moved by each of {@link #STEPS}, {@code [steps][length]}
     */
    public record Motion(List<Double> velocity, double strength, List<List<Double>> moved) {
        /** Copies the lists. */
        public Motion {
            velocity = List.copyOf(velocity);
            moved = moved.stream().map(List::copyOf).toList();
        }
    }

    /** Number of elements of the dictionary of warps. */
    private static final int WARPS = 6;

    /**
     * Makes the portrait of a candidate. A learned symmetry is learned from the training series.
     *
     * @param training at least two series
     * @param row index of the series to move
     */
    public static SymmetryPortrait of(SymmetryCandidate candidate, SeriesSet training, int row) {
        double[] series = training.row(row);
        return switch (candidate.family()) {
            case LEARNED_WARP -> warps(candidate, training, series, WARPS);
            case LEARNED_SHIFT -> warps(candidate, training, series, 1);
            case LEARNED_OFFSET -> values(candidate, training, series, ValueGenerator.OFFSET);
            case LEARNED_AMPLITUDE -> values(candidate, training, series, ValueGenerator.AMPLITUDE);
            case LEARNED_ROTATION -> rotation(candidate, training, series);
            case PRESCRIBED_SHIFT -> shifts(candidate, series);
            case PRESCRIBED_WARP -> prescribedWarps(candidate, series);
        };
    }

    private static SymmetryPortrait warps(
            SymmetryCandidate candidate, SeriesSet training, double[] series, int elements) {
        GeneratorCovariance covariance =
                SymmetryFamily.covariance(training, candidate.smoothing(), new TimeWarpGenerators(elements));
        WarpFlow flow = WarpFlow.learned(covariance, series.length);
        List<Motion> motions = new ArrayList<>();
        for (int index = 0; index < elements; index++) {
            motions.add(warp(
                    flow,
                    scaled(covariance.generator(index), Math.sqrt(covariance.strength(index))),
                    candidate,
                    series));
        }
        return new SymmetryPortrait(candidate, list(series), covariance.explainedShare(), motions);
    }

    private static SymmetryPortrait prescribedWarps(SymmetryCandidate candidate, double[] series) {
        WarpFlow flow = WarpFlow.prescribed(series.length);
        List<Motion> motions = new ArrayList<>();
        for (int index = 0; index < flow.elements(); index++) {
            double[] weights = new double[flow.elements()];
            weights[index] = flow.deviation(index);
            motions.add(warp(flow, weights, candidate, series));
        }
        return new SymmetryPortrait(candidate, list(series), Double.NaN, motions);
    }

    private static Motion warp(WarpFlow flow, double[] weights, SymmetryCandidate candidate, double[] series) {
        List<List<Double>> moved = new ArrayList<>();
        double[] target = new double[series.length];
        for (double step : STEPS) {
            flow.move(series, scaled(weights, step * candidate.strength()), target);
            moved.add(list(target));
        }
        double[] velocity = flow.velocity(weights);
        return new Motion(list(velocity), rootMeanSquare(velocity), moved);
    }

    private static SymmetryPortrait shifts(SymmetryCandidate candidate, double[] series) {
        List<Motion> motions = new ArrayList<>();
        for (int shift : ShiftFlow.prescribed().shifts()) {
            if (shift > 0) {
                double[] weights = new double[WarpFlow.prescribed(series.length).elements()];
                weights[0] = shift;
                motions.add(0, warp(WarpFlow.prescribed(series.length), weights, candidate, series));
            }
        }
        return new SymmetryPortrait(candidate, list(series), Double.NaN, motions);
    }

    private static SymmetryPortrait values(
            SymmetryCandidate candidate, SeriesSet training, double[] series, ValueGenerator change) {
        GeneratorCovariance covariance = SymmetryFamily.covariance(training, 0, change);
        double deviation = Math.sqrt(covariance.strength(0));
        double[][] velocity = new double[1][series.length];
        change.velocities(series, velocity);
        List<List<Double>> moved = new ArrayList<>();
        double[] target = new double[series.length];
        for (double step : STEPS) {
            change.move(series, step * candidate.strength() * deviation, target);
            moved.add(list(target));
        }
        Motion motion = new Motion(list(scaled(velocity[0], deviation)), deviation, moved);
        return new SymmetryPortrait(candidate, list(series), covariance.explainedShare(), List.of(motion));
    }

    private static SymmetryPortrait rotation(SymmetryCandidate candidate, SeriesSet training, double[] series) {
        EstimatedRotation generator = RotationEstimator.defaults().estimate(training);
        double deviation = RotationFlow.learned(generator).deviation();
        List<List<Double>> moved = new ArrayList<>();
        double[] target = new double[series.length];
        for (double step : STEPS) {
            generator.move(series, step * candidate.strength() * deviation, target);
            moved.add(list(target));
        }
        Motion motion = new Motion(list(scaled(generator.velocity(series), deviation)), deviation, moved);
        return new SymmetryPortrait(candidate, list(series), generator.explainedShare(), List.of(motion));
    }

    private static double[] scaled(double[] values, double factor) {
        double[] scaled = values.clone();
        for (int index = 0; index < scaled.length; index++) {
            scaled[index] *= factor;
        }
        return scaled;
    }

    private static double rootMeanSquare(double[] values) {
        double squares = 0;
        for (double value : values) {
            squares += value * value;
        }
        return Math.sqrt(squares / values.length);
    }

    private static List<Double> list(double[] values) {
        List<Double> list = new ArrayList<>(values.length);
        for (double value : values) {
            list.add(value);
        }
        return list;
    }
}
