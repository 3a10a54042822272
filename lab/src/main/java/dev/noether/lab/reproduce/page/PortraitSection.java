package dev.noether.lab.reproduce.page;

import dev.noether.lab.report.Axis;
import dev.noether.lab.report.Captioned;
import dev.noether.lab.report.Page;
import dev.noether.lab.report.Plot;
import dev.noether.lab.report.SideBySide;
import dev.noether.lab.reproduce.CellResult;
import dev.noether.lab.reproduce.Competitor;
import dev.noether.lab.reproduce.RunResult;
import dev.noether.lab.series.SymmetryPortrait;
import dev.noether.lab.series.SymmetryPortrait.Motion;
import dev.noether.model.symmetry.learned.SymmetryFamily;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The symmetry that the default model chose in its first run, for someone who knows the data to judge: each generator as a curve
 * over time, and one training series moved along it.
 *
 * @param cells of one set
 */
record PortraitSection(List<CellResult> cells) {
    private static final int WIDTH = 520;
    private static final int HEIGHT = 220;
    private static final String IN_TIME =
            "How far each sample is carried along the time axis by one standard deviation of the step between near neighbours. A"
                    + " level line is a shift; a slope stretches; a change of sign squeezes towards a point or draws away from it.";
    private static final String IN_VALUES =
            "How much each value changes at one standard deviation of the step between near neighbours.";
    private static final String MOVED =
            "The first training row as recorded (dashed), and moved along this generator alone by −2 to 2 standard deviations at the"
                    + " strength that was chosen.";

    void addTo(Page page) {
        Optional<RunResult> run = cells.stream()
                .filter(cell -> cell.competitor() == Competitor.DEFAULT)
                .flatMap(cell -> cell.runs().stream())
                .findFirst();
        if (run.isEmpty() || run.get().failure() != null) {
            return;
        }
        SymmetryPortrait portrait = run.get().portrait();
        if (portrait == null) {
            page.note(
                    "Portrait of the symmetry: validation chose none for this set, so the default model was trained on the rows as"
                            + " they are.");
            return;
        }
        page.note(words(portrait, Objects.requireNonNullElse(run.get().remark(), "")));
        boolean inTime = isInTime(portrait.candidate().family());
        for (int index = 0; index < portrait.motions().size(); index++) {
            Motion motion = portrait.motions().get(index);
            Plot velocity = velocity(index + 1, motion, inTime);
            Plot moved = moved(portrait, motion);
            page.add(new SideBySide(
                    index > 0
                            ? List.of(velocity, moved)
                            : List.of(
                                    new Captioned(velocity, inTime ? IN_TIME : IN_VALUES),
                                    new Captioned(moved, MOVED))));
        }
    }

    private static String words(SymmetryPortrait portrait, String remark) {
        String explained = Double.isFinite(portrait.explainedShare())
                ? " Its motions explain %.0f %% of the squared differences between near neighbours of the training rows."
                        .formatted(100 * portrait.explainedShare())
                : "";
        return "Portrait of the symmetry that the default model chose in its first run: " + remark + "." + explained
                + " Strongest generators first. Does each motion leave the series one of its kind? Then the model is right to call"
                + " it no anomaly.";
    }

    private static Plot velocity(int number, Motion motion, boolean inTime) {
        double[] velocity = SetSection.numbers(motion.velocity());
        double[] times = times(velocity.length);
        String unit = inTime ? "samples" : "units of the values";
        return new Plot(
                        "Generator %d, strength %s %s".formatted(number, Numbers.number(motion.strength()), unit),
                        Axis.around("sample", times),
                        Axis.around("velocity, " + unit, velocity, new double[] {0}),
                        WIDTH,
                        HEIGHT)
                .reference("no motion", new double[] {0, Math.max(1, times.length - 1)}, new double[2])
                .line("velocity", times, velocity);
    }

    private static Plot moved(SymmetryPortrait portrait, Motion motion) {
        double[] series = SetSection.numbers(portrait.series());
        double[] times = times(series.length);
        double[][] all = IntStream.rangeClosed(0, motion.moved().size())
                .mapToObj(index ->
                        index == 0 ? series : SetSection.numbers(motion.moved().get(index - 1)))
                .toArray(double[][]::new);
        Plot plot = new Plot("", Axis.around("sample", times), Axis.around("value", all), WIDTH, HEIGHT);
        for (int index = 1; index < all.length; index++) {
            plot.line(String.format(Locale.ROOT, "%+.0f σ", SymmetryPortrait.STEPS.get(index - 1)), times, all[index]);
        }
        return plot.reference("as recorded", times, series);
    }

    private static boolean isInTime(SymmetryFamily family) {
        return switch (family) {
            case LEARNED_WARP, LEARNED_SHIFT, PRESCRIBED_SHIFT, PRESCRIBED_WARP -> true;
            case LEARNED_OFFSET, LEARNED_AMPLITUDE, LEARNED_ROTATION -> false;
        };
    }

    private static double[] times(int length) {
        return IntStream.range(0, length).asDoubleStream().toArray();
    }
}
