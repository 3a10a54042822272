package dev.noether.flink.owner;

import org.apache.flink.runtime.throwable.ThrowableAnnotation;
import org.apache.flink.runtime.throwable.ThrowableType;

/** Another job owns the detector, or Kafka does not allow to find out. Flink does not restart a job that fails with it. */
@ThrowableAnnotation(ThrowableType.NonRecoverableError)
public final class OwnerException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * Creates an exception.
     *
     * @param message what is wrong and what to do
     */
    public OwnerException(String message) {
        super(message);
    }
}
