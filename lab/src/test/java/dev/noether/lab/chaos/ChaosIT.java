package dev.noether.lab.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.noether.cli.console.Screen;
import dev.noether.lab.chaos.fault.FaultKind;
import dev.noether.lab.chaos.load.LoadOptions;
import dev.noether.lab.chaos.service.ServiceSettings;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Three faults to the services of docker-compose.yml, as the command does them; docs/chaos.md has longer runs. */
@Timeout(400)
class ChaosIT {
    @TempDir
    private Path folder;

    @Test
    void nothingIsLostOrDoubledThoughManagerAndBrokerAreKilledAndRecordsAreBad() throws Exception {
        StringWriter text = new StringWriter();
        ServiceSettings settings = new ServiceSettings(Duration.ofMinutes(15), Duration.ofSeconds(1), false);
        ChaosOptions options = new ChaosOptions(
                3,
                List.of(FaultKind.KILL_TASK_MANAGER, FaultKind.KILL_BROKER, FaultKind.GARBAGE),
                1,
                new LoadOptions(10, 100, 300, 1),
                settings,
                false);
        ChaosReport report = new ChaosRun(options, folder, new Screen(new PrintWriter(text), false)).run();
        assertThat(report.problems()).as("%s", text).isEmpty();
        assertThat(report.faults()).hasSize(3);
        assertThat(report.delivery().observations()).isGreaterThan(3_200);
        assertThat(report.delivery().bad()).isPositive();
        assertThat(report.restarts()).containsKeys("broker", "task manager");
        assertThat(ChaosReportText.lines(report)).last().asString().startsWith("Sound: 3 faults");
    }
}
