package dev.noether.lab.evaluate.output;

import dev.noether.lab.evaluate.portrait.ShapePortrait;
import dev.noether.lab.evaluate.portrait.ShapePortrait.FoundWindow;
import dev.noether.lab.evaluate.portrait.ShapePortrait.LearnedMotion;
import dev.noether.lab.evaluate.portrait.ShapePortrait.WindowPortrait;
import dev.noether.lab.html.Axis;
import dev.noether.lab.html.CaptionedElement;
import dev.noether.lab.html.Page;
import dev.noether.lab.html.PageElement;
import dev.noether.lab.html.Plot;
import dev.noether.lab.html.SideBySide;
import java.util.List;
import java.util.Locale;

/** The pictures of a shape view: normal windows, the learned motions, and the window of the strongest incident. */
final class ShapePictures {
    private static final int WIDTH = 420;
    private static final int HEIGHT = 190;
    private static final double DEVIATIONS = 2;

    private ShapePictures() {}

    /** Adds the pictures of a series. */
    static void add(Page page, String series, ShapePortrait portrait) {
        page.heading(series + ": the shape of a period");
        page.note("The newest rows are compared with windows of the training rows. A motion is a small change that the"
                + " signal shows in training, such as a shift in time; windows are compared after the best motions.");
        for (WindowPortrait window : portrait.windows()) {
            page.add(new SideBySide(List.of(prototypes(window))));
            for (int i = 0; i < window.motions().size(); i++) {
                LearnedMotion motion = window.motions().get(i);
                page.add(new SideBySide(List.of(moved(window, motion, i + 1), change(window, motion, i + 1))));
            }
            FoundWindow strongest = window.strongest();
            if (strongest != null) {
                page.add(new SideBySide(List.of(found(window, strongest), unexplained(window, strongest))));
            }
        }
    }

    private static PageElement prototypes(WindowPortrait window) {
        double[][] all = window.prototypes().toArray(double[][]::new);
        Plot plot = plot("Normal windows of " + window.rowsPerValue() * all[0].length + " rows", window, "value", all);
        for (double[] prototype : all) {
            plot.line("prototype", rows(window, prototype), prototype);
        }
        return new CaptionedElement(
                plot,
                window.isStandardised()
                        ? "Some of the prototypes, each with mean 0 and standard deviation 1. Row 0 is the newest."
                        : "Some of the prototypes, in standard deviations of the signal. Row 0 is the newest.");
    }

    private static PageElement moved(WindowPortrait window, LearnedMotion motion, int number) {
        double[] less = motion.moved(-DEVIATIONS);
        double[] more = motion.moved(DEVIATIONS);
        double[] rows = rows(window, less);
        Plot plot = plot("Motion " + number + ": " + motion.words(), window, "value", less, more, motion.window())
                .line("− 2 deviations", rows, less)
                .line("+ 2 deviations", rows, more)
                .reference("normal window", rows, motion.window());
        return new CaptionedElement(
                plot,
                String.format(
                        Locale.ROOT,
                        "A normal window, moved by two standard deviations of the motion. It makes %.0f %% of the"
                                + " variation of all motions.",
                        100 * motion.share()));
    }

    private static PageElement change(WindowPortrait window, LearnedMotion motion, int number) {
        Plot plot = plot("Motion " + number + ": its effect", window, "change", motion.change())
                .line("change", rows(window, motion.change()), motion.change());
        return new CaptionedElement(plot, "What one standard deviation of the motion adds to this window.");
    }

    private static PageElement found(WindowPortrait window, FoundWindow strongest) {
        double[] rows = rows(window, strongest.values());
        Plot plot = plot(
                        "The largest alarm score, test row " + strongest.row(),
                        window,
                        "value",
                        strongest.values(),
                        strongest.reconstruction())
                .line("window", rows, strongest.values())
                .line("reconstruction", rows, strongest.reconstruction());
        return new CaptionedElement(
                plot,
                "The window that ends with this row, and the nearest normal window after it"
                        + " has moved along the learned motions.");
    }

    private static PageElement unexplained(WindowPortrait window, FoundWindow strongest) {
        double[] rest = strongest.unexplained();
        Plot plot = plot("What could not be explained", window, "difference", rest)
                .line("window − reconstruction", rows(window, rest), rest);
        return new CaptionedElement(plot, "The window less its reconstruction.");
    }

    private static Plot plot(String title, WindowPortrait window, String label, double[]... values) {
        int last = (values[0].length - 1) * window.rowsPerValue();
        return new Plot(title, Axis.linear("row", -last, 0), Axis.around(label, values), WIDTH, HEIGHT);
    }

    /** The rows of the values, 0 for the newest. */
    private static double[] rows(WindowPortrait window, double[] values) {
        double[] rows = new double[values.length];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = (i - rows.length + 1.0) * window.rowsPerValue();
        }
        return rows;
    }
}
