package dev.noether.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.noether.cli.data.StreamFolder;
import dev.noether.cli.stream.FleetWorkload;
import dev.noether.cli.stream.RecordedWorkload;
import dev.noether.cli.stream.RowCursor;
import dev.noether.cli.stream.Workload;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkloadChoiceTest {
    private static final Duration LENGTH = Duration.ofSeconds(90);

    @TempDir
    private Path folder;

    @Test
    void theFleetFillsTheLengthAtItsRate() {
        WorkloadChoice fleet = new WorkloadChoice.SimulatedFleet(60, 1, 1200);
        Workload workload = fleet.after(OptionalLong.empty(), LENGTH);

        assertThat(workload.liveRows()).isEqualTo(1200 * 90);
        assertThat(workload.liveSpan()).isEqualTo(Duration.ofMinutes(1800));
        assertThat(fleet.rate(workload, LENGTH)).isEqualTo(1200);
        assertThat(firstLiveMinute(workload)).isEqualTo(FleetWorkload.HISTORY_MINUTES);
    }

    @Test
    void aShortRunSendsFasterSoThatTheFaultsHaveRoom() {
        WorkloadChoice fleet = new WorkloadChoice.SimulatedFleet(60, 1, 10);
        Workload workload = fleet.after(OptionalLong.empty(), LENGTH);

        assertThat(workload.liveSpan()).isEqualTo(Duration.ofMinutes(FleetWorkload.SHORTEST_LIVE_MINUTES));
        assertThat(fleet.rate(workload, LENGTH)).isEqualTo(60 * FleetWorkload.SHORTEST_LIVE_MINUTES / 90.0);
    }

    @Test
    void aLaterRunContinuesAfterTheNewestObservation() {
        WorkloadChoice fleet = new WorkloadChoice.SimulatedFleet(3, 1, 10);

        assertThat(firstLiveMinute(fleet.after(OptionalLong.of(Workload.eventTime(9_999)), LENGTH)))
                .isEqualTo(10_000);
        assertThat(firstLiveMinute(fleet.after(OptionalLong.of(Workload.eventTime(17)), LENGTH)))
                .as("the history is not complete")
                .isEqualTo(FleetWorkload.HISTORY_MINUTES);
    }

    @Test
    void recordedStreamsAreSpreadOverTheLength() throws IOException {
        Path entity = Files.createDirectories(folder.resolve("a"));
        Files.writeString(entity.resolve("train.csv"), "t,x\n0,1\n1,2\n");
        Files.writeString(entity.resolve("test.csv"), "t,x,label\n0,1,0\n1,1,0\n2,1,0\n");
        WorkloadChoice streams = new WorkloadChoice.RecordedStreams(RecordedWorkload.read(StreamFolder.open(folder)));
        Workload all = streams.after(OptionalLong.empty(), LENGTH);
        Workload rest = streams.after(OptionalLong.of(Workload.eventTime(2)), LENGTH);

        assertThat(streams.rate(all, LENGTH)).isEqualTo(3 / 90.0);
        assertThat(firstLiveMinute(rest)).isEqualTo(3);
        assertThat(streams.rate(rest, LENGTH)).isEqualTo(2 / 90.0);
    }

    private static long firstLiveMinute(Workload workload) {
        RowCursor rows = workload.live();
        assertThat(rows.next()).isTrue();
        return Workload.minuteAfter(rows.eventTime()) - 1;
    }
}
