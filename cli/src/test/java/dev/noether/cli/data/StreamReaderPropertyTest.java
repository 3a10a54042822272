package dev.noether.cli.data;

import static org.assertj.core.api.Assertions.assertThat;

import dev.noether.testing.RandomizedTest;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Random stream files are read back exactly as they were written. */
class StreamReaderPropertyTest extends RandomizedTest {
    private static final int FILES = 60;

    @TempDir
    private Path folder;

    @Test
    void aFileIsReadBackExactly() throws IOException {
        RandomGenerator random = random();
        for (int i = 0; i < FILES; i++) {
            int width = random.nextInt(1, 6);
            int length = random.nextInt(1, 50);
            Series series = Series.random(random, length, width);
            Path file = folder.resolve(i + (random.nextBoolean() ? ".csv.gz" : ".csv"));
            write(file, series.text(random.nextBoolean() ? "\n" : "\r\n", random.nextBoolean()));

            LabelledSeries read = LabelledSeries.read(file);
            assertThat(read.times())
                    .isEqualTo(Arrays.stream(series.minutes)
                            .map(minute -> minute * 60_000)
                            .toArray());
            assertThat(read.rows()).isEqualTo(series.rows);
            assertThat(read.labels()).isEqualTo(series.labels);
            assertThat(read.featureNames()).hasSize(width);
        }
    }

    @Test
    void aFileWithoutALineBreakAtTheEndIsComplete() throws IOException {
        Path file = folder.resolve("train.csv");
        write(file, "t,x\n0,1\n5,2");

        LabelledSeries read = LabelledSeries.read(file);
        assertThat(read.rows()).containsExactly(1, 2);
        assertThat(read.hasLabels()).isFalse();
    }

    private static void write(Path file, String text) throws IOException {
        try (OutputStream plain = Files.newOutputStream(file);
                OutputStream output = file.toString().endsWith(".gz") ? new GZIPOutputStream(plain) : plain) {
            output.write(text.getBytes(StandardCharsets.UTF_8));
        }
    }

    /** Rows with random gaps in time, random missing values and random labels. */
    private static final class Series {
        private final long[] minutes;
        private final double[] rows;
        private final boolean[] labels;

        private Series(long[] minutes, double[] rows, boolean[] labels) {
            this.minutes = minutes;
            this.rows = rows;
            this.labels = labels;
        }

        static Series random(RandomGenerator random, int length, int width) {
            long[] minutes = new long[length];
            double[] rows = new double[length * width];
            boolean[] labels = new boolean[length];
            long minute = random.nextInt(100);
            for (int row = 0; row < length; row++) {
                minutes[row] = minute;
                minute += random.nextInt(1, 5);
                labels[row] = random.nextBoolean();
                for (int feature = 0; feature < width; feature++) {
                    rows[row * width + feature] = random.nextInt(8) == 0 ? Double.NaN : random.nextGaussian() * 1e6;
                }
            }
            return new Series(minutes, rows, labels);
        }

        String text(String lineBreak, boolean hasSpaces) {
            int width = rows.length / minutes.length;
            String comma = hasSpaces ? " , " : ",";
            StringBuilder text = new StringBuilder("t");
            for (int feature = 0; feature < width; feature++) {
                text.append(comma).append("f").append(feature);
            }
            text.append(comma).append("label").append(lineBreak);
            for (int row = 0; row < minutes.length; row++) {
                text.append(minutes[row]);
                for (int feature = 0; feature < width; feature++) {
                    double value = rows[row * width + feature];
                    text.append(comma).append(Double.isNaN(value) ? "" : Double.toString(value));
                }
                text.append(comma).append(labels[row] ? 1 : 0).append(lineBreak);
            }
            return text.toString();
        }
    }
}
