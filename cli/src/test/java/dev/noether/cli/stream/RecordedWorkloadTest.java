package dev.noether.cli.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.noether.cli.data.StreamFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
        RecordedWorkload rest = workload().from(5);

        assertThat(rows(rest.live())).containsExactly("5 b 12.0", "6 a 11.0!");
        assertThat(rest.liveRows()).isEqualTo(2);
    }

    @Test
    void theTestFilesAreRepeatedWithLaterTimes() {
        RecordedWorkload again = workload().from(7);

        assertThat(rows(again.live())).containsExactly("7 a 10.0", "8 b 12.0", "9 a 11.0!");
        assertThat(again.liveSpan()).isEqualTo(workload().liveSpan());
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
