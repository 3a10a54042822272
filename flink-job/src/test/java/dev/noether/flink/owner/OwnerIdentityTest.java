package dev.noether.flink.owner;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OwnerIdentityTest {
    private static final OwnerIdentity HERE = OwnerIdentity.ofThisProcess("0123", "token");

    @Test
    void aClientIdContainsTheIdentity() {
        OwnerIdentity odd = new OwnerIdentity("höst/1", 4711, 1_700_000_000_000L, "/tmp/a b;ü€/%2F", "0123", "t");
        for (OwnerIdentity identity : new OwnerIdentity[] {HERE, odd}) {
            assertThat(OwnerIdentity.ofClientId(identity.clientId())).contains(identity);
            assertThat(identity.clientId()).isASCII().doesNotContain(" ");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "consumer-1", "noether-owner-1/h/x/1/f/j/t", "noether-owner-1/h/1/1/%ZZ/j/t", "a/b/c/d/e/f/g"
            })
    void anotherClientIdHasNone(String clientId) {
        assertThat(OwnerIdentity.ofClientId(clientId)).isEmpty();
    }

    @Test
    void aProcessHasEndedOnlyIfThatIsCertain() throws Exception {
        assertThat(HERE.hasEnded()).isFalse();
        Process ended = new ProcessBuilder("true").start();
        ended.waitFor();
        assertThat(of(HERE.host(), ended.pid(), HERE.started()).hasEnded()).isTrue();
        assertThat(of("elsewhere", ended.pid(), HERE.started()).hasEnded())
                .as("a process of another machine")
                .isFalse();
        // Process ids are used again, always so for the first process of a container.
        assertThat(of(HERE.host(), HERE.pid(), HERE.started() - 60_000).hasEnded())
                .as("another process with this id")
                .isTrue();
    }

    @Test
    void theDescriptionSaysWhoAndWhere() {
        assertThat(of("h", 4711, Instant.parse("2024-01-31T12:01:00Z").toEpochMilli())
                        .describe())
                .startsWith("process 4711 on host h in folder " + HERE.folder() + " since 2024-");
    }

    private static OwnerIdentity of(String host, long pid, long started) {
        return new OwnerIdentity(host, pid, started, HERE.folder(), "0123", "token");
    }
}
