package dev.noether.lab.reproduce;

import dev.noether.lab.reproduce.set.BenchmarkSet;
import dev.noether.model.series.SeriesSet;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.zip.GZIPOutputStream;

/** Sets of a few short waves. */
public final class TinySets {
    private static final int LENGTH = 16;

    private TinySets() {}

    /** A set of waves of 16 values. */
    public static BenchmarkSet waves(String name, int train, int test) {
        return new BenchmarkSet(name, series(train, 1, 1), series(test, 2, 1), true, List.of());
    }

    /** Waves so high that no learning rate keeps a network finite. */
    public static BenchmarkSet huge() {
        return new BenchmarkSet("Huge", series(10, 1, 1e25), series(4, 2, 1e25), true, List.of());
    }

    /** Writes the two files of a set. */
    public static void write(Path folder, String name, int train, int test) throws IOException {
        write(folder.resolve(name + "_TRAIN.tsv.gz"), text(series(train, 1, 1)));
        write(folder.resolve(name + "_TEST.tsv.gz"), text(series(test, 2, 1)));
    }

    /** Writes a compressed text. */
    public static void write(Path file, String text) throws IOException {
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
    }

    private static String text(SeriesSet series) {
        StringBuilder text = new StringBuilder();
        for (int row = 0; row < series.count(); row++) {
            text.append(row % 2);
            for (int column = 0; column < series.length(); column++) {
                text.append(String.format(Locale.ROOT, "\t%.6f", series.value(row, column)));
            }
            text.append('\n');
        }
        return text.toString();
    }

    private static SeriesSet series(int count, long seed, double height) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] values = new float[count * LENGTH];
        for (int row = 0; row < count; row++) {
            double phase = 6 * random.nextDouble();
            for (int column = 0; column < LENGTH; column++) {
                double value = Math.sin(phase + 0.5 * column) + 0.1 * random.nextGaussian();
                values[row * LENGTH + column] = (float) (height * value);
            }
        }
        return SeriesSet.of(values, count, LENGTH);
    }
}
