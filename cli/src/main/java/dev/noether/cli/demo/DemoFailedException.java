package dev.noether.cli.demo;

/** The demonstration cannot continue. The message is one line. */
public final class DemoFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    DemoFailedException(String message) {
        super(message);
    }
}
