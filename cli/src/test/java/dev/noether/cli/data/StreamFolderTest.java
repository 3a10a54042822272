package dev.noether.cli.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class StreamFolderTest {
    @TempDir
    private Path parent;

    private Path fleet;

    @BeforeEach
    void twoEntitiesOneOfThemCompressed() throws IOException {
        fleet = parent.resolve("fleet");
        write("alpha/train.csv.gz", "t,cpu,memory", "0,1.5,2", "1,-3e-2,4");
        write("alpha/test.csv.gz", "t,cpu,memory,label", "0,5,6,0", "3,7,,1");
        write("beta/train.csv", "t,cpu,memory", "0,1,2");
        write("beta/test.csv", "t,cpu,memory,label", "0,1,2,1");
        write("notes.txt", "not an entity");
        Files.createDirectories(fleet.resolve("empty"));
    }

    @Test
    void readsRowsMinutesAndLabels() {
        StreamFolder folder = StreamFolder.open(fleet);
        assertThat(folder.name()).isEqualTo("fleet");
        assertThat(folder.featureNames()).containsExactly("cpu", "memory");
        assertThat(folder.entities()).extracting(RecordedEntity::name).containsExactly("alpha", "beta");

        LabelledSeries training = folder.entity("alpha").readTraining();
        assertThat(training.length()).isEqualTo(2);
        assertThat(training.width()).isEqualTo(2);
        assertThat(training.rows()).containsExactly(1.5, 2, -0.03, 4);
        assertThat(training.labels()).containsExactly(false, false);

        LabelledSeries test = folder.entity("alpha").readTest();
        assertThat(test.times()).containsExactly(0, 180_000);
        assertThat(test.rows()).containsExactly(5, 6, 7, Double.NaN);
        assertThat(test.labels()).containsExactly(false, true);
    }

    @Test
    void streamsRowByRow() {
        try (StreamReader reader = StreamReader.open(fleet.resolve("beta/test.csv"))) {
            assertThat(reader.hasLabels()).isTrue();
            assertThat(reader.next()).isTrue();
            assertThat(reader.time()).isZero();
            assertThat(reader.row()).containsExactly(1, 2);
            assertThat(reader.isAnomalous()).isTrue();
            assertThat(reader.next()).isFalse();
        }
    }

    @Test
    void aLongFileIsReadCompletely() throws IOException {
        String[] lines = new String[10_001];
        lines[0] = "t,cpu,memory";
        for (int i = 0; i < 10_000; i++) {
            lines[i + 1] = i + "," + i + "," + -i;
        }
        write("alpha/train.csv.gz", lines);
        LabelledSeries series = StreamFolder.open(fleet).entity("alpha").readTraining();
        assertThat(series.length()).isEqualTo(10_000);
        assertThat(series.rows()).hasSize(20_000).endsWith(9_999, -9_999);
        assertThat(series.times()).hasSize(10_000);
        assertThat(series.labels()).hasSize(10_000);
    }

    @Test
    void entitiesCanBeChosen() throws IOException {
        write("gamma/train.csv", "t,quite,different,columns", "0,1,2,3");
        assertThat(StreamFolder.open(fleet, List.of("beta", "alpha", "beta")).entities())
                .extracting(RecordedEntity::name)
                .containsExactly("beta", "alpha");
        assertThatThrownBy(() -> StreamFolder.open(fleet, List.of("delta")))
                .isInstanceOf(StreamDataException.class)
                .hasMessage("no entity delta in fleet; known entities are [alpha, beta, gamma]");
    }

    @Test
    void anEntityWithoutReadPermissionIsReported() throws IOException {
        Path closed = fleet.resolve("alpha");
        Set<PosixFilePermission> before = Files.getPosixFilePermissions(closed);
        Files.setPosixFilePermissions(closed, Set.of());
        try {
            assumeThat(Files.isReadable(closed)).as("root reads everything").isFalse();
            assertThatThrownBy(() -> StreamFolder.open(fleet))
                    .hasMessage(closed + " cannot be read: permission denied");
        } finally {
            Files.setPosixFilePermissions(closed, before);
        }
    }

    @Test
    void foldersThatCannotBeUsedAreRefusedWithAReason() throws IOException {
        Path missing = parent.resolve("missing");
        assertThatThrownBy(() -> StreamFolder.open(missing)).hasMessage("the folder " + missing + " does not exist");
        Path file = fleet.resolve("notes.txt");
        assertThatThrownBy(() -> StreamFolder.open(file))
                .hasMessage(file + " is a file, expected a folder with one subfolder per entity");
        Path empty = fleet.resolve("empty");
        assertThatThrownBy(() -> StreamFolder.open(empty))
                .hasMessage("no entity folders in " + empty
                        + ", expected one subfolder per entity with train.csv and test.csv, each perhaps with .gz");
        Files.delete(fleet.resolve("beta/test.csv"));
        assertThatThrownBy(() -> StreamFolder.open(fleet).entity("beta").readTest())
                .hasMessage(fleet.resolve("beta") + " has no test.csv.gz and no test.csv");
    }

    @Test
    void entitiesWithOtherFeaturesAreRefused() throws IOException {
        Path first = fleet.resolve("alpha/train.csv.gz");
        write("beta/train.csv", "t,cpu,disk", "0,1,2");
        assertThatThrownBy(() -> StreamFolder.open(fleet))
                .isInstanceOf(StreamDataException.class)
                .hasMessage(fleet.resolve("beta/train.csv") + " line 1: feature 2 is `disk`, expected `memory` as in "
                        + first);
        write("beta/train.csv", "t,cpu", "0,1");
        assertThatThrownBy(() -> StreamFolder.open(fleet))
                .hasMessage(fleet.resolve("beta/train.csv") + " line 1: 1 features, expected 2 as in " + first);
    }

    @Test
    void invalidHeadersAreRefused() throws IOException {
        assertRefused(" is empty, expected a header `t,…` and rows");
        assertRefused(" has no rows after its header", "t,cpu,memory,label");
        assertRefused(
                " line 1: no time in `when,cpu`, expected a header like `t,cpu,memory` or"
                        + " `timestamp,cpu,memory,label`; the time is named t, time, timestamp, date, datetime or ts,"
                        + " the label label, anomaly or is_anomaly",
                "when,cpu");
        assertRefused(
                " line 1: no features in `t,label`, expected a header like `t,cpu,memory` or"
                        + " `timestamp,cpu,memory,label`; the time is named t, time, timestamp, date, datetime or ts,"
                        + " the label label, anomaly or is_anomaly",
                "t,label");
        assertRefused(
                " line 1: a feature is named `cpu`, expected names that are unique and not empty or `t`",
                "t,cpu,cpu,label");
        assertRefused(
                " line 1: the columns `date` and `time` could both be the time, expected one of them, or the time"
                        + " first",
                "cpu,date,time");
        assertRefused(
                " line 1: the columns `label` and `anomaly` could both be the label, expected one of them",
                "t,cpu,label,anomaly");
    }

    @Test
    void invalidRowsAreRefused() throws IOException {
        String header = "t,cpu,memory,label";
        assertRefused(" line 3: 3 values, expected 4", header, "0,1,2,0", "1,1,2");
        assertRefused(" has no rows after its header", header, "");
        assertRefused(
                " line 2: `memory` is `abc`, expected a finite number with a decimal point, or an empty value if it is"
                        + " missing",
                header,
                "0,1,abc,0");
        assertRefused(
                " line 2: `cpu` is `1e99`, expected a finite number with a decimal point, or an empty value if it is"
                        + " missing",
                header,
                "0,1e99,2,0");
        assertRefused(
                " line 2: `t` is `0.5`, expected a date such as 2024-05-01T10:00:00Z, a time since 1970 in s, ms, µs or"
                        + " ns, or a whole number of minutes below 10^8",
                header,
                "0.5,1,2,0");
        assertRefused(" line 3: `t` is 4 after 4, expected a later time", header, "4,1,2,0", "4,1,2,0");
        assertRefused(
                " line 3: `t` is `1714521600`, expected minutes without a date as in the rows before",
                header,
                "4,1,2,0",
                "1714521600,1,2,0");
        assertRefused(" line 2: `label` is `yes`, expected 0 (normal) or 1 (anomalous)", header, "0,1,2,yes");
        assertRefused(" line 2: a quote is not closed, expected `\"` at the end of the value", header, "0,\"1,2,0");
        assertRefused(" line 2: text follows a quoted value, expected a separator", header, "0,\"1\"2,2,0");
    }

    @Test
    void aDamagedArchiveIsRefused() throws IOException {
        Path file = fleet.resolve("alpha/test.csv.gz");
        byte[] whole = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(whole, whole.length - 12));
        assertThatThrownBy(() -> new RecordedEntity("alpha", fleet.resolve("alpha")).readTest())
                .isInstanceOf(StreamDataException.class)
                .hasMessageStartingWith(file + " cannot be read after line");
        Files.writeString(file, "t,cpu,memory,label");
        assertThatThrownBy(() -> new RecordedEntity("alpha", fleet.resolve("alpha")).readTest())
                .isInstanceOf(StreamDataException.class)
                .hasMessage(file + " cannot be read: Not in GZIP format");
    }

    private void assertRefused(String message, String... lines) throws IOException {
        write("alpha/test.csv.gz", lines);
        assertThatThrownBy(() -> new RecordedEntity("alpha", fleet.resolve("alpha")).readTest())
                .isInstanceOf(StreamDataException.class)
                .hasMessage(fleet.resolve("alpha/test.csv.gz") + message);
    }

    private void write(String name, String... lines) throws IOException {
        Path file = fleet.resolve(name);
        Files.createDirectories(file.getParent());
        String text = lines.length == 0 ? "" : String.join("\n", lines) + "\n";
        try (OutputStream plain = Files.newOutputStream(file);
                OutputStream output = name.endsWith(".gz") ? new GZIPOutputStream(plain) : plain) {
            output.write(text.getBytes(StandardCharsets.UTF_8));
        }
    }
}
