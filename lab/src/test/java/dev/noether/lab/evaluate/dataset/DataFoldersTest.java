package dev.noether.lab.evaluate.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.noether.cli.data.StreamDataException;
import dev.noether.cli.data.TimeFormat;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DataFoldersTest {
    private static final long MINUTE = 60_000;

    @TempDir
    private Path folder;

    @Test
    void aFolderOfSeriesIsASetNamedAfterIt() throws IOException {
        write("hosts/a/train.csv.gz", "t,x,y", "0,1,2", "1,3,4", "2,,6");
        write("hosts/a/test.csv.gz", "t,x,y,label", "0,,8,0", "1,9,10,1");
        write("hosts/a/interpretation.txt", "1-2:2");
        write("hosts/b/train.csv", "t,x", "0,1");
        write("hosts/b/test.csv", "t,x,label", "5,1,1");
        write("hosts/README.md", "no series");

        EvaluationSet set = only(DataFolders.find(List.of(folder.resolve("hosts"))));

        assertThat(set.name()).isEqualTo("hosts");
        assertThat(set.series()).extracting(SeriesSource::name).containsExactly("a", "b");
        EvaluationSeries a = set.series().get(0).load(0);
        assertThat(a.table()).isFalse();
        assertThat(a.features()).containsExactly("x", "y");
        // What is missing is held, over the end of the training too.
        assertThat(a.train().values()).containsExactly(1, 2, 3, 4, 3, 6);
        assertThat(a.test().values()).containsExactly(3, 8, 9, 10);
        assertThat(a.labels()).containsExactly(false, true);
        assertThat(a.marks()).containsExactly("0", "1");
        assertThat(a.causes()).hasSize(1);
        assertThat(a.causes().get(0).features()).containsExactly(1);
        // The test's t begins anew: its rows follow those of the training.
        long last = a.train().times()[2];
        assertThat(a.test().times()).containsExactly(last + MINUTE, last + 2 * MINUTE);
        // Here it goes on, with a gap.
        EvaluationSeries b = set.series().get(1).load(0);
        assertThat(b.test().times()[0]).isEqualTo(b.train().times()[0] + 5 * MINUTE);
    }

    @Test
    void aSeriesFolderIsASetOfOne() throws IOException {
        write("hosts/a/train.csv", "t,x", "0,1");
        write("hosts/a/test.csv", "t,x,label", "0,1,0");

        EvaluationSet set = only(DataFolders.find(List.of(folder.resolve("hosts/a"))));

        assertThat(set.name()).isEqualTo("hosts");
        assertThat(set.series()).extracting(SeriesSource::name).containsExactly("a");
    }

    @Test
    void theSameSeriesGivenTwiceCountsOnce() throws IOException {
        write("hosts/a/train.csv", "t,x", "0,1");
        write("hosts/a/test.csv", "t,x,label", "0,1,0");

        EvaluationSet set = only(DataFolders.find(List.of(folder.resolve("hosts/a"), folder.resolve("hosts"))));

        assertThat(set.series()).hasSize(1);
    }

    @Test
    void aRootHoldsAllSetsAndWhatIsNoSetIsPassedOver() throws IOException {
        write("root/hosts/a/train.csv", "t,x", "0,1");
        write("root/hosts/a/test.csv", "t,x,label", "0,1,0");
        write("root/skab/valve1/0.csv.gz", skab(401));
        write("root/skab/other/0.csv.gz", skab(401));
        write("root/skab/anomaly-free/anomaly-free.csv.gz", "datetime,p", "2020-03-09 10:14:33,1");
        write("root/tables/WDBC.csv.gz", "0,1.5", "0,2.5", "1,9");
        write("root/nab/windows.json", "{\"real/taxi.csv\": []}");
        write("root/nab/real/taxi.csv", "timestamp,value", "2014-07-01 00:00:00,1");
        write("root/pictures/a.png", "none");

        List<EvaluationSet> sets = DataFolders.find(List.of(folder.resolve("root")));

        assertThat(sets).extracting(EvaluationSet::name).containsExactly("hosts", "nab", "skab", "tables");
        assertThat(sets.get(2).series()).extracting(SeriesSource::name).containsExactly("other-0", "valve1-0");
    }

    @Test
    void skabTrainsOnTheFirstFourHundredRows() throws IOException {
        write("valve9/7.csv", skab(403));

        EvaluationSeries series = only(DataFolders.find(List.of(folder.resolve("valve9"))))
                .series()
                .get(0)
                .load(0);

        assertThat(series.name()).isEqualTo("7");
        assertThat(series.features()).containsExactly("Pressure", "Flow Rate");
        assertThat(series.train().length()).isEqualTo(400);
        assertThat(series.test().values()).containsExactly(400, -400, 401, -401, 402, -402);
        assertThat(series.labels()).containsExactly(false, false, true);
        assertThat(series.marks()[2]).isEqualTo("2020-03-09 10:06:42");
    }

    @Test
    void nabTakesItsEventsFromTheWindowsAndTrainsOnItsProbation() throws IOException {
        String[] lines = new String[21];
        lines[0] = "timestamp,value";
        for (int i = 1; i <= 20; i++) {
            // The clock goes back once, as in summer time's end.
            int hour = i < 15 ? i : i - 1;
            lines[i] = "2014-07-01 %02d:00:00,%d".formatted(hour, i);
        }
        write("nab/real/taxi.csv", lines);
        write(
                "nab/windows.json",
                "{\"real/taxi.csv\": [[\"2014-07-01 05:00:00.000000\", \"2014-07-01 06:00:00.000000\"]]}");

        for (Path given : List.of(folder.resolve("nab"), folder.resolve("nab/real"))) {
            EvaluationSeries series =
                    only(DataFolders.find(List.of(given))).series().get(0).load(0);
            assertThat(series.name()).isEqualTo("taxi");
            assertThat(series.train().values()).containsExactly(1, 2, 3);
            assertThat(series.labels()).startsWith(false, true, true, false);
            assertThat(series.test().times()).isSorted().doesNotHaveDuplicates();
        }
    }

    @Test
    void tablesTrainOnHalfOfTheNormalRowsInThreeSplits() throws IOException {
        String[] lines = new String[30];
        for (int i = 0; i < 30; i++) {
            lines[i] = (i < 20 ? "0" : "1") + "," + i;
        }
        write("tables/t.csv.gz", lines);
        SeriesSource source = only(DataFolders.find(List.of(folder.resolve("tables"))))
                .series()
                .get(0);

        assertThat(source.splits()).isEqualTo(3);
        Set<List<Float>> trainings = new HashSet<>();
        for (int split = 0; split < 3; split++) {
            EvaluationSeries series = source.load(split);
            assertThat(series.table()).isTrue();
            assertThat(series.train().length()).isEqualTo(10);
            assertThat(series.test().length()).isEqualTo(20);
            List<Float> train = boxed(series.train().values());
            List<Float> test = boxed(series.test().values());
            assertThat(train).allMatch(value -> value < 20).doesNotContainAnyElementsOf(test);
            trainings.add(train);
            for (int i = 0; i < 20; i++) {
                assertThat(series.labels()[i]).isEqualTo(test.get(i) >= 20);
                assertThat(series.marks()[i])
                        .isEqualTo(String.valueOf(test.get(i).intValue()));
            }
            assertThat(source.load(split).test().values())
                    .isEqualTo(series.test().values());
        }
        assertThat(trainings).hasSize(3);
    }

    @Test
    void whatCannotBeUsedIsSaidInOneLine() throws IOException {
        refused("nowhere", "there is no file or folder");
        Files.createDirectories(folder.resolve("empty"));
        refused("empty", "no series in");
        write("half/a/train.csv", "t,x", "0,1");
        refused("half", "needs both train.csv.gz and test.csv.gz");
        refused("half/a", "needs both train.csv.gz and test.csv.gz");
        write("strange/a.csv", "when,what", "1,2");
        refused("strange", "a.csv line 1: `when,what` is no header of a known layout, expected a column named t");
        write("text/a.txt", "t,x", "0,1");
        refused("text/a.txt", "is no CSV file, expected a name that ends in .csv or .csv.gz");
        write("one/x/a/train.csv", "t,x", "0,1");
        write("one/x/a/test.csv", "t,x,label", "0,1,0");
        write("two/x/a/train.csv", "t,x", "0,1");
        write("two/x/a/test.csv", "t,x,label", "0,1,0");
        assertThatThrownBy(() -> DataFolders.find(List.of(folder.resolve("one"), folder.resolve("two"))))
                .isInstanceOf(StreamDataException.class)
                .hasMessageContaining("two different series are named a in set x");
    }

    /** A gap stays a gap for this detector; the peers get complete rows. */
    @Test
    void missingValuesAreObservedAsMissing() throws IOException {
        write("a/s/train.csv", "t,x,y", "0,1,2", "1,,3");
        write("a/s/test.csv", "t,x,y", "2,,4", "3,5,");

        EvaluationSeries series = only(DataFolders.find(List.of(folder.resolve("a"))))
                .series()
                .get(0)
                .load(0);

        assertThat(series.train().observed()).containsExactly(1, 2, Float.NaN, 3);
        assertThat(series.test().observed()).containsExactly(Float.NaN, 4, 5, Float.NaN);
        assertThat(series.test().values()).containsExactly(1, 4, 5, 4);
        assertThat(series.input().isLabelled()).isFalse();
        assertThat(series.labels()).containsExactly(false, false);
    }

    @Test
    void aSingleFileIsSplitInTime() throws IOException {
        String[] lines = new String[11];
        lines[0] = "Timestamp;cpu;Label";
        for (int i = 0; i < 10; i++) {
            lines[i + 1] = "2024-05-01T00:%02d:00+02:00;%d;%d".formatted(i, i, i < 9 ? 0 : 1);
        }
        write("own/web.csv.gz", lines);
        for (Path given : List.of(folder.resolve("own"), folder.resolve("own/web.csv.gz"))) {
            EvaluationSet set = only(DataFolders.find(List.of(given), 0.6));
            assertThat(set.name()).isEqualTo("own");
            EvaluationSeries series = set.series().get(0).load(0);
            assertThat(series.name()).isEqualTo("web");
            assertThat(series.features()).containsExactly("cpu");
            assertThat(series.train().values()).containsExactly(0, 1, 2, 3, 4, 5);
            assertThat(series.train().times()[0])
                    .isEqualTo(Instant.parse("2024-04-30T22:00:00Z").toEpochMilli());
            assertThat(series.test().values()).containsExactly(6, 7, 8, 9);
            assertThat(series.labels()).containsExactly(false, false, false, true);
            assertThat(series.marks()).startsWith("2024-05-01T00:06:00+02:00");
            assertThat(series.input()).isEqualTo(new EvaluationSeries.Input(true, TimeFormat.DATES_WITH_ZONE));
        }
        write("own/web.csv.gz", "t,x", "0,1");
        badRow("own", "web.csv.gz: 1 rows, of which 0 are to be trained on");
    }

    /** The same series with times in other units has the same times. */
    @Test
    void timeUnitsMakeNoDifference() throws IOException {
        long start = 1_714_521_600L;
        for (String zeros : List.of("", "000", "000000", "000000000")) {
            write("u" + zeros.length() + "/s/train.csv", "t,x", start + zeros + ",1", (start + 60) + zeros + ",2");
            write("u" + zeros.length() + "/s/test.csv", "t,x,label", (start + 600) + zeros + ",3,0");
            EvaluationSeries series = only(DataFolders.find(List.of(folder.resolve("u" + zeros.length()))))
                    .series()
                    .get(0)
                    .load(0);
            assertThat(series.train().times()).containsExactly(start * 1_000, (start + 60) * 1_000);
            assertThat(series.test().times()).containsExactly((start + 600) * 1_000);
        }
        write("v/s/train.csv", "t,x", "2024-05-01,1", "2024-05-02,1");
        write("v/s/test.csv", "t,x,label", "2024-05-02,3,0");
        badRow("v", "test.csv starts at 2024-05-02, expected a time after the end of ");
        write("v/s/test.csv", "t,x,label", "7,3,0");
        badRow("v", "test.csv has minutes without a date, expected dates without a time zone, taken as UTC as in ");
    }

    @Test
    void badRowsNameTheirFileAndLine() throws IOException {
        write("a/s/train.csv", "t,x", "0,1");
        write("a/s/test.csv", "t,y,label", "0,1,0");
        badRow("a", "the features of the training rows are [x], those of the test rows [y]");
        write("b/s/train.csv", "t,x", "0,1");
        write("b/s/test.csv", "t,x,label", "0,1,0", "1,one,0");
        badRow("b", "test.csv line 3: `x` is `one`");
        write("c/s/train.csv", "t,x", "0,1");
        write("c/s/test.csv", "t,x,label", "0,1,0");
        write("c/s/interpretation.txt", "0-1:2");
        badRow("c", "interpretation.txt line 1: no feature 2");
        write("d/t.csv", "0,1", "1,x");
        badRow("d", "t.csv line 2: `column 2` is `x`, expected a finite number");
        write("e/t.csv", "0,1", "2,1");
        badRow("e", "t.csv line 2: `label` is `2`, expected 0 (normal) or 1 (anomalous)");
        write("f/0.csv", skab(400));
        badRow("f", "expected at least one sensor and more than the 400 rows");
        write("g/t.csv", "0,1", "1,2");
        badRow("g", "1 normal rows, expected at least two");
        write("h/windows.json", "{}");
        write("h/t.csv", "timestamp,value", "2014-07-01 00:00:00,1", "2014-07-01 00:05:00,1");
        write("i/windows.json", "{\"i/t.csv\": []}");
        write("i/t.csv", "timestamp,value", "soon,1", "2014,1", "x,1", "x,1", "x,1", "x,1", "x,1");
        badRow("i", "t.csv line 2: the time is `soon`");
    }

    private void badRow(String set, String message) {
        SeriesSource source =
                only(DataFolders.find(List.of(folder.resolve(set)))).series().get(0);
        assertThatThrownBy(() -> source.load(0))
                .isInstanceOf(StreamDataException.class)
                .hasMessageContaining(message);
    }

    private void refused(String name, String message) {
        assertThatThrownBy(() -> DataFolders.find(List.of(folder.resolve(name))))
                .isInstanceOf(StreamDataException.class)
                .hasMessageContaining(message)
                .message()
                .doesNotContain("\n");
    }

    private static String[] skab(int rows) {
        String[] lines = new String[rows + 1];
        lines[0] = "datetime;Pressure;Flow Rate;anomaly;changepoint";
        for (int i = 0; i < rows; i++) {
            lines[i + 1] =
                    "2020-03-09 10:%02d:%02d;%d;%d;%s;0.0".formatted(i / 60, i % 60, i, -i, i < 402 ? "0.0" : "1.0");
        }
        return lines;
    }

    private static EvaluationSet only(List<EvaluationSet> sets) {
        assertThat(sets).hasSize(1);
        return sets.get(0);
    }

    private static List<Float> boxed(float[] values) {
        List<Float> boxed = new ArrayList<>();
        for (float value : values) {
            boxed.add(value);
        }
        return boxed;
    }

    private void write(String name, String... lines) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        byte[] text = (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8);
        try (OutputStream raw = Files.newOutputStream(file);
                OutputStream out = name.endsWith(".gz") ? new GZIPOutputStream(raw) : raw) {
            out.write(text);
        }
    }
}
