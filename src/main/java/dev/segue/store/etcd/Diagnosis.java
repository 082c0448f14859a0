package dev.segue.store.etcd;

import dev.segue.settings.StoreSettings;
import dev.segue.settings.StoreSettings.Login;
import dev.segue.store.etcd.EtcdFailure.Reason;
import io.etcd.jetcd.common.exception.ErrorCode;
import io.etcd.jetcd.common.exception.EtcdException;
import io.etcd.jetcd.support.Errors;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.netty.channel.ConnectTimeoutException;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.ssl.NotSslRecordException;
import java.net.SocketException;
import java.net.URI;
import java.net.UnknownHostException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Tells from what gRPC, Netty, TLS and etcd throw why a request failed, in words for a person.
 *
 * @param login the one that the request was made with
 * @param wish what the request needed a right for: {@code read /app}
 */
record Diagnosis(URI node, StoreSettings settings, Optional<Login> login, String wish) {
    private static final String HAS_NO_CLIENT_PORT = " (is this the client port of an etcd v3?)";

    /** The failure that {@code thrown} means. */
    EtcdFailure of(Throwable thrown) {
        List<Throwable> causes = new ArrayList<>();
        for (Throwable cause = thrown; cause != null && !causes.contains(cause); cause = cause.getCause()) {
            causes.add(0, cause);
        }
        // From the bottom up: the deepest cause that says anything says it best.
        for (Throwable cause : causes) {
            Finding finding = finding(cause);
            if (finding != null) {
                return new EtcdFailure(finding.reason(), finding.words(), thrown);
            }
        }
        return new EtcdFailure(Reason.UNREACHABLE, firstLine(causes.get(0).toString()), thrown);
    }

    private @Nullable Finding finding(Throwable cause) {
        if (cause instanceof StatusRuntimeException status) {
            return ofStatus(status.getStatus());
        }
        if (cause instanceof TimeoutException) {
            return timedOut();
        }
        if (cause instanceof UnknownHostException) {
            return unreachable("host name \"" + node.getHost() + "\" can't be resolved");
        }
        if (cause instanceof ConnectTimeoutException) {
            return unreachable(
                    "no connection within " + words(settings.requestTimeout().dividedBy(2)));
        }
        if (cause instanceof SocketException) {
            String said = firstLine(cause.getMessage());
            return said.startsWith("Connection reset") ? hungUp() : unreachable(said);
        }
        if (cause instanceof NotSslRecordException) {
            return refused("does not speak TLS (http instead of https?)");
        }
        if (cause instanceof Http2Exception) {
            return refused("does not answer in HTTP/2" + HAS_NO_CLIENT_PORT);
        }
        if (cause instanceof EtcdException said && said.getErrorCode() == ErrorCode.NOT_FOUND) {
            return leaseGone();
        }
        return ofTls(cause);
    }

    private @Nullable Finding ofTls(Throwable cause) {
        if (cause instanceof CertPathBuilderException || cause instanceof CertPathValidatorException) {
            return refused("its certificate comes from no authority that we trust (a CA file of our own?)");
        }
        if (cause instanceof CertificateExpiredException) {
            return refused("its certificate has expired (" + cause.getMessage() + ")");
        }
        if (cause instanceof CertificateException
                && String.valueOf(cause.getMessage()).startsWith("No ")) {
            return refused("its certificate is made out to other names than \"" + node.getHost() + "\"");
        }
        if (cause instanceof SSLException) {
            boolean aboutOurs = String.valueOf(cause.getMessage()).matches(".*alert: (\\w*certificate\\w*|unknown_ca)");
            if (aboutOurs) {
                return refused(
                        settings.certificates().client().isPresent()
                                ? "does not accept our client certificate"
                                : "asks for a client certificate");
            }
            return refused("TLS failed: " + firstLine(cause.getMessage()));
        }
        return null;
    }

    private @Nullable Finding ofStatus(Status status) {
        String said = firstLine(status.getDescription());
        return switch (status.getCode()) {
            case DEADLINE_EXCEEDED -> timedOut();
            case UNAVAILABLE ->
                said.startsWith("Network closed") || said.startsWith("Connection closed while")
                        ? hungUp()
                        : unreachable(said);
            case RESOURCE_EXHAUSTED -> exhausted(said);
            case OUT_OF_RANGE -> new Finding(Reason.COMPACTED, said);
            case NOT_FOUND -> said.contains("lease not found") ? leaseGone() : unreachable(said);
            case UNIMPLEMENTED -> refused("does not know etcd's requests" + HAS_NO_CLIENT_PORT);
            case UNAUTHENTICATED, INVALID_ARGUMENT, FAILED_PRECONDITION, PERMISSION_DENIED -> ofLogin(status, said);
            default -> said.isEmpty() ? null : unreachable(said);
        };
    }

    private static Finding exhausted(String said) {
        if (said.contains("exceeds maximum size")) {
            return new Finding(Reason.TOO_LARGE, "an answer is too large: " + said);
        }
        if (said.contains("space exceeded")) {
            return new Finding(
                    Reason.DENIED,
                    "takes no writes, its space is used up (compact, defragment, then disarm its alarm)");
        }
        return unreachable(said);
    }

    private static Finding leaseGone() {
        return new Finding(Reason.LEASE_GONE, "the lease has run out");
    }

    /**
     * A server that takes TLS for a bad request, or the other way round, hangs up; so does one that is ending. One that
     * minds our client certificate says so, but may break the connection before that is read.
     */
    private Finding hungUp() {
        String hint = "https instead of http?";
        if (node.getScheme().equals("https")) {
            boolean shown = settings.certificates().client().isPresent();
            hint = "http instead of https, or "
                    + (shown ? "our client certificate not accepted?" : "a client certificate wanted?");
        }
        return unreachable("closed the connection at once (" + hint + ")");
    }

    private @Nullable Finding ofLogin(Status status, String said) {
        if (Errors.isInvalidTokenError(status) || Errors.isAuthStoreExpired(status)) {
            return new Finding(Reason.LOGIN_EXPIRED, said);
        }
        if (said.contains("authentication is not enabled")) {
            return new Finding(Reason.LOGIN_UNNEEDED, said);
        }
        if (said.contains("authentication failed")) {
            return denied("wrong password, or no such user");
        }
        if (said.contains("user name is empty")) {
            return denied("asks for a user and a password");
        }
        if (said.contains("permission denied")) {
            return denied("not permitted to " + wish);
        }
        // Above jetcd's own login request lies a bare UNAUTHENTICATED; what happened to that request lies below it.
        return said.isEmpty() ? null : denied(said);
    }

    private Finding timedOut() {
        return new Finding(Reason.TIMED_OUT, "no answer within " + words(settings.requestTimeout()));
    }

    private static Finding unreachable(String why) {
        return new Finding(Reason.UNREACHABLE, "not reachable: " + why);
    }

    private static Finding refused(String why) {
        return new Finding(Reason.REFUSED, why);
    }

    private Finding denied(String why) {
        String who = login.map(user -> "user \"" + user.user() + "\": ").orElse("");
        return new Finding(Reason.DENIED, who + why);
    }

    private static String firstLine(@Nullable String text) {
        String line = text == null ? "" : text.lines().findFirst().orElse("");
        return line.startsWith("etcdserver: ") ? line.substring("etcdserver: ".length()) : line;
    }

    private static String words(Duration duration) {
        long millis = duration.toMillis();
        return millis % 1_000 == 0 ? millis / 1_000 + " s" : millis + " ms";
    }

    private record Finding(Reason reason, String words) {}
}
