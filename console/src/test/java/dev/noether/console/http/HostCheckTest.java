package dev.noether.console.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;

final class HostCheckTest {
    @Test
    void onLoopbackItsAddressesAndKnownNamesAreAllowed() {
        HostCheck check = new HostCheck(true, Set.of("console.example.com"));
        for (String host :
                new String[] {"localhost", "LOCALHOST", "127.0.0.1", "127.0.0.2", "[::1]", "Console.Example.com"}) {
            assertThat(check.allows(host)).as(host).isTrue();
        }
        for (String host : new String[] {"evil.example", "10.0.0.5", "127.0.0.1.evil.example", "127.evil", null, ""}) {
            assertThat(check.allows(host)).as(host).isFalse();
        }
    }

    /** A name can be made to point anywhere; an address is what it is. */
    @Test
    void onAllAddressesOnlyAddressesAndKnownNamesAreAllowed() {
        HostCheck check = new HostCheck(false, Set.of("console"));
        for (String host : new String[] {"localhost", "10.0.0.5", "[fe80::1]", "console"}) {
            assertThat(check.allows(host)).as(host).isTrue();
        }
        for (String host : new String[] {"evil.example", "10.0.0.5.evil.example", "console.evil.example", null}) {
            assertThat(check.allows(host)).as(host).isFalse();
        }
        assertThat(check.refusal("evil.example")).contains("evil.example").contains("console.hosts");
    }
}
