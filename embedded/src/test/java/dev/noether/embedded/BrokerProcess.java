package dev.noether.embedded;

import java.nio.file.Path;

/** A broker in a JVM of its own, so that a test can kill it. Prints the address when it is up, then waits. */
final class BrokerProcess {
    private BrokerProcess() {}

    public static void main(String[] arguments) throws InterruptedException {
        try (EmbeddedBroker broker = EmbeddedBroker.start(Path.of(arguments[0]), 0)) {
            System.out.println(broker.bootstrapServers());
            Thread.currentThread().join();
        }
    }
}
