package dev.noether.cli.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.noether.testing.RealData;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Reads the public Server Machine Dataset if it is on this machine. */
final class RealStreamTest {
    private Path servers;

    @BeforeEach
    void findTheData() {
        Optional<Path> found = RealData.find("streams", "smd");
        if (found.isEmpty()) {
            System.out.println("skipped: no recorded streams `smd` found; point -Dnoether.data at the data sets");
        }
        assumeTrue(found.isPresent(), "the recorded streams `smd` are not on this machine");
        servers = found.orElseThrow();
    }

    @Test
    void readsOneServer() {
        StreamFolder folder = StreamFolder.open(servers, List.of("machine-1-2"));
        LabelledSeries training = folder.entity("machine-1-2").readTraining();
        assertThat(training.width()).isEqualTo(38);
        assertThat(training.length()).isEqualTo(23_694);
        assertThat(training.rows()).startsWith(0.16, 0.058339, 0.090032);

        LabelledSeries test = folder.entity("machine-1-2").readTest();
        assertThat(test.length()).isEqualTo(23_694);
        assertThat(test.times()[0]).isZero();
        int anomalous = 0;
        for (boolean label : test.labels()) {
            anomalous += label ? 1 : 0;
        }
        assertThat(anomalous).isBetween(1, test.length() / 4);
    }

    @Test
    void allServersHaveTheSameFeaturesAndUnknownNamesAreRefused() {
        assertThat(StreamFolder.open(servers).entities()).hasSizeGreaterThan(1);
        assertThatThrownBy(() -> StreamFolder.open(servers, List.of("machine-9-9")))
                .hasMessageStartingWith("no entity machine-9-9 in smd; known entities are [machine-1-2, ");
    }
}
