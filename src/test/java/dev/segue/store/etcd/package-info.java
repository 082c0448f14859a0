/** Shows what the etcd room promises, mostly on a real etcd. */
@NullMarked
package dev.segue.store.etcd;

import org.jspecify.annotations.NullMarked;
