package dev.noether.cli.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.noether.cli.data.StreamDataException;
import dev.noether.cli.data.StreamFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordedWorkloadTest {
    @TempDir
    private Path folder;

    @BeforeEach
    void write() throws IOException {
        entity("a", "t,x\n0,1\n1,2\n3,3\n", "t,x,label\n0,10,0\n2,11,1\n");
        entity("b", "t,x\n1,4\n2,5\n", "t,x,label\n1,12,0\n");
    }

    @Test
    void entitiesAreInterleavedInTimeOrder() {
        RecordedWorkload workload = workload();

        assertThat(rows(workload.history())).containsExactly("0 a 1.0", "1 a 2.0", "1 b 4.0", "2 b 5.0", "3 a 3.0");
        assertThat(rows(workload.live())).containsExactly("4 a 10.0", "5 b 12.0", "6 a 11.0!");
        assertThat(workload.liveRows()).isEqualTo(3);
    }

    @Test
    void aLaterStartBeginsInTheMiddle() {
        RecordedWorkload rest = workload().after(Workload.eventTime(4));

        assertThat(rows(rest.live())).containsExactly("5 b 12.0", "6 a 11.0!");
        assertThat(rest.liveRows()).isEqualTo(2);
    }

    @Test
    void theTestFilesAreRepeatedWithLaterTimes() {
        RecordedWorkload again = workload().after(Workload.eventTime(6));

        assertThat(rows(again.live())).containsExactly("7 a 10.0", "8 b 12.0", "9 a 11.0!");
        assertThat(again.liveSpan()).isEqualTo(workload().liveSpan());
    }

    /** Times of seconds, milliseconds and dates mean the same; the test files keep their gap to the training. */
    @Test
    void datedRowsKeepTheirTimes() throws IOException {
        entity("a", "timestamp,x\n1714521600,1\n1714521610,2\n", "time,x\n2024-05-01T00:01:00+00:00,3\n");
        entity("b", "ts,x\n1714521605000,4\n", "date,x\n2024-05-01 02:01:30+02:00,5\n");
        RecordedWorkload workload = workload();

        assertThat(times(workload.history()))
                .containsExactly("2024-05-01T00:00:00Z", "2024-05-01T00:00:05Z", "2024-05-01T00:00:10Z");
        assertThat(times(workload.live())).containsExactly("2024-05-01T00:01:00Z", "2024-05-01T00:01:30Z");
        long first = Instant.parse("2024-05-01T00:01:00Z").toEpochMilli();
        assertThat(times(workload.after(first).live())).containsExactly("2024-05-01T00:01:30Z");
        assertThat(workload.timeFormat()).isEqualTo("seconds since 1970 UTC");
    }

    @Test
    void datesAndMinutesDoNotMix() throws IOException {
        entity("b", "t,x\n1714521600,4\n", "t,x,label\n1,12,0\n");
        assertThatThrownBy(this::workload)
                .isInstanceOf(StreamDataException.class)
                .hasMessage(folder.resolve("b/train.csv")
                        + " has seconds since 1970 UTC, expected minutes without a date as in "
                        + folder.resolve("a/train.csv"));
    }

    @Test
    void onlyTheDemonstrationNeedsLabels() throws IOException {
        entity("b", "t,x\n1,4\n", "t,x\n1,12\n");
        assertThat(workload().liveRows()).isEqualTo(3);
        assertThatThrownBy(() -> RecordedWorkload.readLabelled(StreamFolder.open(folder)))
                .hasMessage(folder.resolve("b/test.csv")
                        + " line 1: no label in [x], expected a column named `label` of 0 and 1");
    }

    private static List<String> times(RowCursor cursor) {
        List<String> times = new ArrayList<>();
        while (cursor.next()) {
            times.add(Instant.ofEpochMilli(cursor.eventTime()).toString());
        }
        return times;
    }

    private RecordedWorkload workload() {
        return RecordedWorkload.read(StreamFolder.open(folder));
    }

    private static List<String> rows(RowCursor cursor) {
        List<String> rows = new ArrayList<>();
        while (cursor.next()) {
            rows.add((Workload.minuteAfter(cursor.eventTime()) - 1) + " " + (cursor.entity() == 0 ? "a" : "b") + " "
                    + cursor.values()[0] + (cursor.isAnomalous() ? "!" : ""));
        }
        return rows;
    }

    private void entity(String name, String training, String test) throws IOException {
        Path entity = Files.createDirectories(folder.resolve(name));
        Files.writeString(entity.resolve("train.csv"), training);
        Files.writeString(entity.resolve("test.csv"), test);
    }
}
