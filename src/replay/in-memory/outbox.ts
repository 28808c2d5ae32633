import { Outbox, type NewAlert, type NewDelivery } from '../../domain/stores.js';

/** A message and the rules whose alerts it shows. */
export interface MessageRules {
  readonly channel: string;
  readonly rules: readonly string[];
}

/** The outbox of a simulation: nothing is ever posted from it. */
export class InMemoryOutbox extends Outbox {
  private readonly alertsById = new Map<string, NewAlert>();
  private readonly deliveriesById = new Map<string, NewDelivery>();
  /** The ids of the deliveries that alerts still join, by the key of their group. */
  private readonly openGroups = new Map<string, string>();
  private newAlerts: string[] = [];
  private newDeliveries: string[] = [];

  /** In the order in which they were added. */
  get alerts(): readonly NewAlert[] {
    return [...this.alertsById.values()];
  }

  get deliveries(): readonly NewDelivery[] {
    return [...this.deliveriesById.values()];
  }

  alert(id: string): NewAlert | undefined {
    return this.alertsById.get(id);
  }

  override add(
    deliveries: readonly NewDelivery[],
    alerts: readonly NewAlert[],
  ): Promise<ReadonlyMap<string, string>> {
    const joined = new Map<string, string>();
    for (const delivery of deliveries) {
      const open = delivery.group && this.openGroups.get(delivery.group.key);
      if (open === undefined) this.open(delivery);
      else this.join(open, delivery, joined);
    }
    // Replies come after the groups that they may reply to.
    for (const delivery of deliveries) {
      const parent = delivery.threadOf && joined.get(delivery.threadOf);
      if (parent) this.deliveriesById.set(delivery.id, { ...delivery, threadOf: parent });
    }
    for (const alert of alerts) {
      const open = alert.deliveryId && joined.get(alert.deliveryId);
      this.alertsById.set(alert.id, open ? { ...alert, reason: 'grouped', deliveryId: open } : alert);
      this.newAlerts.push(alert.id);
    }
    return Promise.resolve(joined);
  }

  /** Alerts hold their texts themselves. */
  override addTexts(): Promise<void> {
    return Promise.resolve();
  }

  /** The messages whose wait is over by `now` are out: no alert joins them any more. */
  closeGroups(now: number): void {
    for (const [key, id] of this.openGroups) {
      if ((this.deliveriesById.get(id)?.group?.until ?? 0) <= now) this.openGroups.delete(key);
    }
  }

  /** Sends an alert that was suppressed after all, by a delivery of its own. */
  release(alert: NewAlert, delivery: NewDelivery): void {
    this.open(delivery);
    this.alertsById.set(alert.id, { ...alert, reason: 'sent', deliveryId: delivery.id });
  }

  /** The alerts and messages that were added since the last time, as they are now. */
  takeNew(): { readonly alerts: readonly NewAlert[]; readonly messages: readonly MessageRules[] } {
    const alerts = this.newAlerts.flatMap((id) => this.alertsById.get(id) ?? []);
    const rules = new Map<string, Set<string>>(this.newDeliveries.map((id) => [id, new Set<string>()]));
    for (const { rule, deliveryId } of this.alertsById.values()) rules.get(deliveryId ?? '')?.add(rule);
    const messages = this.newDeliveries.flatMap((id): readonly MessageRules[] => {
      const { channel } = this.deliveriesById.get(id) as NewDelivery;
      const shown = [...(rules.get(id) ?? [])];
      return shown.length === 0 ? [] : [{ channel, rules: shown }];
    });
    this.newAlerts = [];
    this.newDeliveries = [];
    return { alerts, messages };
  }

  /** Forgets the alerts except those named, and the messages that no alert joins any more. */
  forget(kept: ReadonlySet<string>): void {
    for (const id of this.alertsById.keys()) if (!kept.has(id)) this.alertsById.delete(id);
    const open = new Set(this.openGroups.values());
    for (const id of this.deliveriesById.keys()) if (!open.has(id)) this.deliveriesById.delete(id);
  }

  private open(delivery: NewDelivery): void {
    this.deliveriesById.set(delivery.id, delivery);
    this.newDeliveries.push(delivery.id);
    if (delivery.group !== undefined) this.openGroups.set(delivery.group.key, delivery.id);
  }

  private join(open: string, { id, alone }: NewDelivery, joined: Map<string, string>): void {
    joined.set(id, open);
    const delivery = this.deliveriesById.get(open) as NewDelivery;
    if (alone === true) this.deliveriesById.set(open, { ...delivery, alone });
  }
}
