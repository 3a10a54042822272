package dev.noether.lab.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Percentage.withPercentage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.noether.cli.Main;
import dev.noether.cli.console.ExitCode;
import dev.noether.lab.evaluate.ablate.TestingBeats;
import dev.noether.lab.evaluate.dataset.EvaluationSeries;
import dev.noether.lab.evaluate.detect.BoundedJobCluster;
import dev.noether.lab.evaluate.detect.DetectorOutput;
import dev.noether.lab.evaluate.detect.FlinkBacktest;
import dev.noether.lab.evaluate.measure.DetectionMetric;
import dev.noether.lab.evaluate.measure.MetricCalculator;
import dev.noether.lab.evaluate.measure.MetricValues;
import dev.noether.lab.evaluate.portrait.ShapePortrait;
import dev.noether.model.numeric.RankingMetrics;
import dev.noether.schemas.Verdict;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The command from folders to reports, with Flink in this JVM. */
class EvaluateCommandIT {
    private static final int TRAIN_ROWS = 1_000;
    private static final int TEST_ROWS = 600;
    private static final double ROUNDING = 1e-9;

    @TempDir
    private Path folder;

    @Test
    void judgesAFolderOfAnUnknownName() throws Exception {
        Path hosts = folder.resolve("hosts");
        for (int i = 0; i < 2; i++) {
            writeSeries(hosts.resolve("host-" + i), i);
        }
        Files.writeString(hosts.resolve("host-0/interpretation.txt"), "300-320:2\n");
        writeTable(folder.resolve("tables/blobs.csv"));
        Path json = folder.resolve("out/figures.json");

        int code = Main.execute(
                "evaluate",
                hosts.toString(),
                folder.resolve("tables").toString(),
                "--peers",
                "--jobs",
                "2",
                "--json",
                json.toString(),
                "--scores-out",
                folder.resolve("scores").toString(),
                "--out",
                folder.resolve("page").toString());

        assertThat(code).isEqualTo(ExitCode.DONE);
        JsonNode report = new ObjectMapper().readTree(json.toFile());
        assertThat(names(report)).containsExactly("sets", "budget", "causes");
        assertThat(names(report.at("/sets"))).containsExactly("hosts", "tables");
        JsonNode mean = report.at("/sets/hosts/mean");
        assertThat(names(mean))
                .contains("noether", "random", "norm", "adaptive-norm", "pca-w10", "pca-whitened-w1", "autoencoder");
        assertThat(names(report.at("/sets/tables/mean")))
                .contains("noether", "knn5")
                .doesNotContain("adaptive-norm");
        for (String key :
                List.of("vusPr", "vusRoc", "aucPr", "aucRoc", "eventF1", "eventsAt1", "eventsAt10", "eventsAt100")) {
            assertThat(mean.at("/noether/" + key).doubleValue()).as(key).isBetween(0.0, 1 + ROUNDING);
            double sum = 0;
            for (int i = 0; i < 2; i++) {
                sum += report.at("/sets/hosts/series/host-" + i + "/noether/" + key)
                        .doubleValue();
            }
            assertThat(mean.at("/noether/" + key).doubleValue()).as(key).isEqualTo(sum / 2);
        }
        assertThat(mean.at("/noether/eventsAt10").doubleValue()).isEqualTo(1);
        assertThat(mean.at("/noether/delayAt10").doubleValue()).isLessThan(5);
        assertThat(mean.at("/noether/vusPr").doubleValue())
                .isGreaterThan(mean.at("/random/vusPr").doubleValue() + 0.3);
        assertThat(report.at("/sets/hosts/paired/random/vusPr/mean").doubleValue())
                .isPositive();
        assertThat(report.at("/budget/hosts/pooled")).hasSize(3);
        assertThat(report.at("/budget/hosts/pooled/0/normalRows").intValue()).isEqualTo(2 * (TEST_ROWS - 20));
        assertThat(report.at("/causes/hosts/noether/incident100").doubleValue()).isEqualTo(1);
        assertThat(report.at("/causes/hosts/static/events").intValue()).isEqualTo(1);
        assertThat(report.at("/sets/tables/mean/noether/aucRoc").doubleValue()).isGreaterThan(0.9);
        assertThat(report.at("/sets/tables/mean/noether/vusPr").isNull()).isTrue();
        assertScores(hosts);
        assertThat(Files.readAllLines(folder.resolve("scores/tables/blobs-split3.csv")))
                .hasSize(1 + 150 + 20);
        assertThat(Files.readString(folder.resolve("page/index.html")))
                .contains("hosts (2 series)", "class=\"shade\"", "Calibration", "</html>");
    }

    @Tag("long")
    @Test
    void theShapeOfASeriesThatRepeatsHasAPortrait() throws Exception {
        EvaluationSeries series = TestingBeats.series("beats", 40, 20, 12, 3);
        for (int row = 12 * 64; row < 13 * 64; row++) {
            series.test().values()[row] += 6;
        }
        try (BoundedJobCluster jobs = BoundedJobCluster.start(1)) {
            DetectorOutput output = new FlinkBacktest(jobs, folder, null).run(series);
            ShapePortrait portrait = Objects.requireNonNull(output.portrait());
            assertThat(portrait.feature()).isEqualTo("signal");
            assertThat(portrait.period()).isBetween(62, 66);
            // The strange beat is the strongest incident; its window ends within two periods of its start.
            assertThat(portrait.windows()).allSatisfy(window -> {
                assertThat(window.motions()).isNotEmpty();
                assertThat(Objects.requireNonNull(window.strongest()).row()).isBetween(12 * 64, 14 * 64);
            });
        }
    }

    @Test
    void thePastOfARowAloneDecidesItsScore() throws Exception {
        boolean[] labels = TestingSeries.labels(400, 200, 210);
        EvaluationSeries whole = TestingSeries.stream(3, TRAIN_ROWS, labels, List.of(), 5);
        EvaluationSeries half = TestingSeries.stream(3, TRAIN_ROWS, Arrays.copyOf(labels, 205), List.of(), 5);
        try (BoundedJobCluster jobs = BoundedJobCluster.start(1)) {
            FlinkBacktest backtest = new FlinkBacktest(jobs, folder, null);
            DetectorOutput first = backtest.run(whole);
            DetectorOutput second = backtest.run(half);

            assertThat(first.rows().verdicts()).doesNotContain(Verdict.UNSCORED);
            // The rows of a batch share a matrix product, whose last bits depend on how many they are.
            for (int i = 0; i < second.length(); i++) {
                assertThat(second.rows().scores()[i]).isCloseTo(first.rows().scores()[i], withPercentage(0.01));
            }
            assertThat(backtest.run(whole).rows().scores())
                    .isEqualTo(first.rows().scores());
            float[] scores = new float[first.length()];
            for (int i = 0; i < scores.length; i++) {
                // What wakes: the other score remembers the event for some rows behind it.
                scores[i] = (float) first.rows().alarmScores()[i];
            }
            assertThat(RankingMetrics.aucRoc(scores, labels)).isGreaterThan(0.95);
        }
    }

    @Tag("long")
    @Test
    void aSignalThatRepeatsIsAlsoRankedOnePeriodLater() throws Exception {
        Random random = new Random(6);
        float[] wave = new float[3_000];
        for (int i = 0; i < wave.length; i++) {
            double phase = 2 * Math.PI * i / 60;
            wave[i] = (float) (Math.sin(phase) + 0.5 * Math.cos(2 * phase) + 0.05 * random.nextGaussian());
        }
        for (int i = 2_600; i < 2_660; i++) {
            wave[i] = -wave[i];
        }
        EvaluationSeries series = TestingSeries.ofRows(wave, 2_000, TestingSeries.labels(1_000, 600, 660));
        try (BoundedJobCluster jobs = BoundedJobCluster.start(1)) {
            DetectorOutput output = new FlinkBacktest(jobs, folder, null).run(series);

            assertThat(output.rankDelay().orElseThrow()).isBetween(59, 61);
            MetricValues figures = MetricCalculator.of(series, output);
            assertThat(figures.get(DetectionMetric.UCR_DELAYED)).isEqualTo(1);
            assertThat(figures.get(DetectionMetric.VUS_PR_DELAYED)).isGreaterThan(0.5);
        }
    }

    /**
     * What a user has at first: one file with dates, a hole in the values, and no labels. A hole of twelve hours makes
     * no incident, as in the live job.
     */
    @Test
    void oneFileWithoutLabels() throws Exception {
        Path file = folder.resolve("own/web.csv");
        Files.createDirectories(file.getParent());
        Random random = new Random(4);
        StringBuilder text = new StringBuilder("\uFEFFtimestamp;\"cpu, total\";memory;latency\r\n");
        for (int i = 0; i < 6_000; i++) {
            boolean isHole = i >= 4_500 && i < 5_220;
            text.append(String.format(
                    Locale.ROOT,
                    "%d;%s;%s;%.4f\r\n",
                    1_714_521_600L + i * 60L,
                    isHole ? "" : String.format(Locale.ROOT, "%.4f", random.nextGaussian()),
                    isHole ? "NaN" : String.format(Locale.ROOT, "%.4f", random.nextGaussian()),
                    (i >= 5_800 && i < 5_830 ? 30 : 0) + random.nextGaussian()));
        }
        Files.writeString(file, text);
        Path json = folder.resolve("figures.json");
        StringWriter screen = new StringWriter();

        int code = execute(screen, "evaluate", file.toString(), "--json", json.toString(), "--out", folder.toString());

        assertThat(code).isEqualTo(ExitCode.DONE);
        assertThat(screen.toString())
                .contains(
                        "own web: times are seconds since 1970 UTC (2024-05-01T00:00:00Z to 2024-05-05T03:59:00Z);"
                                + " training on 4200 rows, judging 1800 without labels",
                        "own web: 3 incidents in 1800 rows\n",
                        // The hole of twelve hours is told, as a live job tells it.
                        "all entities: no value of the feature cpu, total since 2024-05-04T02:59:00Z",
                        "all entities: no value of the feature memory since 2024-05-04T02:59:00Z",
                        "\n  2024-05-05T00:40:00Z web: latency ",
                        "alarms per row, those on real anomalies included: promised")
                .doesNotContain("NaN", "VUS");
        JsonNode series = new ObjectMapper().readTree(json.toFile()).at("/sets/own/series/web");
        assertThat(series.at("/labelled").booleanValue()).isFalse();
        assertThat(series.at("/incidents")).hasSize(3);
        assertThat(series.at("/noether/falseIncidentsPer10000").isNull()).isTrue();
        assertThat(Files.readString(folder.resolve("index.html")))
                .contains("threshold", "time, UTC", "2024-05-05", "latency", "web: latency ");
    }

    /** One message for every history that is too short, before anything is trained. */
    @Test
    void aHistoryThatIsTooShortIsRefusedWithTheLeastNumber() throws Exception {
        for (int rows : new int[] {1, 10, 20, 25}) {
            Path place = Files.createDirectories(folder.resolve("short/s" + rows));
            write(place.resolve("train.csv.gz"), "t,a,b,c", rows, false, new Random(1));
            write(place.resolve("test.csv.gz"), "t,a,b,c,label", TEST_ROWS, true, new Random(2));
            StringWriter screen = new StringWriter();
            assertThat(execute(screen, "evaluate", place.toString())).isEqualTo(ExitCode.BAD_USE);
            assertThat(screen.toString())
                    .isEqualTo("noether: s" + rows + ": the training part has " + rows + (rows == 1 ? " row" : " rows")
                            + "; a model needs at least 30\n");
        }
    }

    private static int execute(StringWriter screen, String... arguments) {
        CommandLine commands = Main.commands(() -> false);
        commands.setOut(new PrintWriter(screen));
        commands.setErr(new PrintWriter(screen));
        return commands.execute(arguments);
    }

    private void assertScores(Path hosts) throws IOException {
        List<String> lines = Files.readAllLines(folder.resolve("scores/hosts/host-1.csv"));
        assertThat(lines.get(0)).isEqualTo("t,score,alarmScore,pValue,verdict,label");
        assertThat(lines).hasSize(1 + TEST_ROWS);
        for (int i = 0; i < TEST_ROWS; i++) {
            String[] cells = lines.get(i + 1).split(",", -1);
            assertThat(cells).hasSize(6);
            assertThat(cells[0]).isEqualTo(String.valueOf(i));
            assertThat(Double.parseDouble(cells[1])).isNotNaN();
            assertThat(Double.parseDouble(cells[3])).isBetween(0.0, 1.0);
            assertThat(cells[4]).isIn("NORMAL", "ANOMALOUS");
            assertThat(cells[5]).isEqualTo(i >= 300 && i < 320 ? "1" : "0");
        }
        assertThat(hosts).exists();
    }

    /** Three features that follow one another; while the event lasts the second goes its own way. */
    private static void writeSeries(Path place, long seed) throws IOException {
        Files.createDirectories(place);
        Random random = new Random(seed);
        write(place.resolve("train.csv.gz"), "t,a,b,c", TRAIN_ROWS, false, random);
        write(place.resolve("test.csv.gz"), "t,a,b,c,label", TEST_ROWS, true, random);
    }

    private static void write(Path file, String header, int rows, boolean labelled, Random random) throws IOException {
        try (Writer out =
                new OutputStreamWriter(new GZIPOutputStream(Files.newOutputStream(file)), StandardCharsets.UTF_8)) {
            out.write(header + "\n");
            for (int i = 0; i < rows; i++) {
                double base = Math.sin(i * 0.1);
                boolean event = labelled && i >= 300 && i < 320;
                out.write(String.format(
                        Locale.ROOT,
                        "%d,%.4f,%.4f,%.4f%s\n",
                        i,
                        base + 0.1 * random.nextGaussian(),
                        (event ? 8 : 2 * base) + 0.1 * random.nextGaussian(),
                        -base + 0.1 * random.nextGaussian(),
                        labelled ? event ? ",1" : ",0" : ""));
            }
        }
    }

    private static void writeTable(Path file) throws IOException {
        Files.createDirectories(file.getParent());
        Random random = new Random(9);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 320; i++) {
            double at = i < 300 ? 0 : 6;
            text.append(String.format(
                    Locale.ROOT,
                    "%d,%.3f,%.3f,%.3f,%.3f\n",
                    i < 300 ? 0 : 1,
                    at + random.nextGaussian(),
                    random.nextGaussian(),
                    -at + random.nextGaussian(),
                    random.nextGaussian()));
        }
        Files.writeString(file, text);
    }

    private static List<String> names(JsonNode node) {
        List<String> names = new ArrayList<>();
        node.fieldNames().forEachRemaining(names::add);
        return names;
    }
}
