package dev.noether.lab.reproduce.page;

import dev.noether.lab.html.Axis;
import dev.noether.lab.html.CaptionedElement;
import dev.noether.lab.html.Page;
import dev.noether.lab.html.Plot;
import dev.noether.lab.html.SideBySide;
import dev.noether.lab.reproduce.protocol.ComparedMethod;
import dev.noether.lab.reproduce.run.MethodResult;
import dev.noether.lab.reproduce.run.RunResult;
import dev.noether.lab.series.SymmetryPortrait;
import dev.noether.lab.series.SymmetryPortrait.Motion;
import dev.noether.model.symmetry.learned.SymmetryFamily;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The portrait of the symmetry that the default model chose in its first run: each generator as a curve over time, and
 * one training series moved along it. A reader who knows the data can judge whether the symmetry makes sense.
 *
 * @param results of the methods on one set
 */
record PortraitSection(List<MethodResult> results) {
    private static final int WIDTH = 520;
    private static final int HEIGHT = 220;
    private static final String IN_TIME =
            "Displacement of each sample along the time axis at one standard deviation of the step between near"
                    + " neighbours. A constant curve is a shift. A slope stretches or compresses time.";
    private static final String IN_VALUES =
            "Change of each value at one standard deviation of the step between near neighbours.";
    private static final String MOVED =
            "The first training row as recorded (dashed), and moved along this generator by −2 to 2 standard deviations"
                    + " at the chosen strength.";

    void addTo(Page page) {
        Optional<RunResult> run = results.stream()
                .filter(result -> result.method() == ComparedMethod.DEFAULT)
                .flatMap(result -> result.runs().stream())
                .findFirst();
        if (run.isEmpty() || run.get().failure() != null) {
            return;
        }
        SymmetryPortrait portrait = run.get().findings().portrait();
        if (portrait == null) {
            page.note(
                    "Portrait of the symmetry: validation chose no symmetry for this set, so that the default model was"
                            + " trained on the rows as they are.");
            return;
        }
        page.note(explanation(
                portrait, Objects.requireNonNullElse(run.get().findings().remark(), "")));
        boolean inTime = isInTime(portrait.candidate().family());
        for (int index = 0; index < portrait.motions().size(); index++) {
            Motion motion = portrait.motions().get(index);
            Plot velocity = velocity(index + 1, motion, inTime);
            Plot moved = moved(portrait, motion);
            page.add(new SideBySide(
                    index > 0
                            ? List.of(velocity, moved)
                            : List.of(
                                    new CaptionedElement(velocity, inTime ? IN_TIME : IN_VALUES),
                                    new CaptionedElement(moved, MOVED))));
        }
    }

    private static String explanation(SymmetryPortrait portrait, String remark) {
        String explained = Double.isFinite(portrait.explainedShare())
                ? (" Its generators explain %.0f %% of the squared differences between near neighbours of the training"
                                + " rows.")
                        .formatted(100 * portrait.explainedShare())
                : "";
        return "Portrait of the symmetry that the default model chose in its first run: " + remark + "." + explained
                + " The strongest generators come first. If a moved series could have been recorded as well, the model"
                + " is right not to report it as an anomaly.";
    }

    private static Plot velocity(int number, Motion motion, boolean inTime) {
        double[] velocity = NumberText.array(motion.velocity());
        double[] times = times(velocity.length);
        String unit = inTime ? "samples" : "units of the values";
        return new Plot(
                        "Generator %d, strength %s %s".formatted(number, NumberText.number(motion.strength()), unit),
                        Axis.around("sample", times),
                        Axis.around("velocity, " + unit, velocity, new double[] {0}),
                        WIDTH,
                        HEIGHT)
                .reference("no motion", new double[] {0, Math.max(1, times.length - 1)}, new double[2])
                .line("velocity", times, velocity);
    }

    private static Plot moved(SymmetryPortrait portrait, Motion motion) {
        double[] series = NumberText.array(portrait.series());
        double[] times = times(series.length);
        double[][] all = IntStream.rangeClosed(0, motion.moved().size())
                .mapToObj(index ->
                        index == 0 ? series : NumberText.array(motion.moved().get(index - 1)))
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
