package dev.noether.console.http;

/** A request that cannot be answered. The message is one sentence for the person who asked. */
public final class HttpProblem extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;

    /**
     * Makes a problem.
     *
     * @param status status of the answer
     * @param message what is wrong, and what would be right
     */
    public HttpProblem(int status, String message) {
        super(message);
        this.status = status;
    }

    /** Returns the status of the answer. */
    public int status() {
        return status;
    }
}
