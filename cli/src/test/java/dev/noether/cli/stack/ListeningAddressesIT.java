package dev.noether.cli.stack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.noether.embedded.EmbeddedBroker;
import dev.noether.flink.job.JobSettings;
import dev.noether.flink.job.LocalFlink;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Kafka and Flink inside this process can be reached from this machine only. */
@EnabledOnOs(OS.LINUX)
class ListeningAddressesIT {
    private static final String LISTENING = "0A";
    private static final Path SELF = Path.of("/proc/self");

    @TempDir
    private Path folder;

    @Test
    void everyPortListensOnTheLoopbackAddress() throws Exception {
        Set<String> before = addresses();
        try (EmbeddedBroker broker = EmbeddedBroker.start(folder, 0);
                MiniCluster flink = new MiniCluster(new MiniClusterConfiguration.Builder()
                        .setConfiguration(LocalFlink.settings(JobSettings.bounded()))
                        .setNumTaskManagers(1)
                        .withRandomPorts()
                        .build())) {
            flink.start();
            Set<String> opened = addresses();
            opened.removeAll(before);
            assertThat(opened)
                    .as(
                            "listening addresses of this process with %s, as hexadecimal numbers",
                            broker.bootstrapServers())
                    .hasSizeGreaterThan(1)
                    .allMatch(ListeningAddressesIT::isLoopback);
        }
    }

    /** 127.0.0.1, ::1, or 127.0.0.1 as an IPv6 address; each group of four bytes is reversed. */
    private static boolean isLoopback(String address) {
        return address.startsWith("0100007F:")
                || address.startsWith("00000000000000000000000001000000:")
                || address.startsWith("0000000000000000FFFF00000100007F:");
    }

    /** Address and port of each socket of this process that waits for connections. */
    private static Set<String> addresses() throws IOException {
        Set<String> sockets = new HashSet<>();
        try (Stream<Path> files = Files.list(SELF.resolve("fd"))) {
            for (Path file : files.toList()) {
                try {
                    sockets.add(Files.readSymbolicLink(file).toString());
                } catch (IOException closedMeanwhile) {
                    // A file that is closed now is not a socket that stays open.
                }
            }
        }
        Set<String> addresses = new HashSet<>();
        for (String table : List.of("net/tcp", "net/tcp6")) {
            for (String line : Files.readAllLines(SELF.resolve(table))) {
                String[] cells = line.strip().split("\\s+");
                if (cells.length > 9 && cells[3].equals(LISTENING) && sockets.contains("socket:[" + cells[9] + "]")) {
                    addresses.add(cells[1]);
                }
            }
        }
        return addresses;
    }
}
