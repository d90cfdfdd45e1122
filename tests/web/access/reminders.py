"""The lines of the table (see `table.py`) for reminders."""

#                                                    out lea str trn oth hr  hro bkp adm
REMINDERS = """
# reminders: the own ones; the link of a mail works for whoever has it
GET  reminders.index                                 login 200 = =   =   =   =   =   =
GET  reminders.settings                              login 200 = =   =   =   =   =   =
POST reminders.save                                  login 303 = =   =   =   =   =   =
GET  reminders.ask_stop         token=stop           200 =   =   =   =   =   =   =   =
GET  reminders.ask_stop         token='AAAA'         404 =   =   =   =   =   =   =   =
POST reminders.stop             token=stop           200 =   =   =   =   =   =   =   =

# at the HR desk: people of one's own units; BKPSDM alone keeps times, texts and days off
GET  hr.reminders.index                              login 403 = =   =   200 200 200 403
POST hr.reminders.file                               login 403 = =   =   200 200 200 403
GET  hr.reminders.log                                login 403 = =   =   200 200 200 403
GET  hr.reminders.contacts                           login 403 = =   =   200 200 200 403
POST hr.reminders.address_again user_id=person_learner login 403 = = =   303 404 303 403
GET  hr.reminder_office.settings                     login 403 = =   =   =   =   200 403
POST hr.reminder_office.save_settings                login 403 = =   =   =   =   422 403
POST hr.reminder_office.test                         login 403 = =   =   =   =   303 403
GET  hr.reminder_office.days                         login 403 = =   =   =   =   200 403
POST hr.reminder_office.add_day                      login 403 = =   =   =   =   422 403
POST hr.reminder_office.add_days                     login 403 = =   =   =   =   422 403
POST hr.reminder_office.remove_day                   login 403 = =   =   =   =   303 403
GET  hr.reminder_texts.index                         login 403 = =   =   =   =   200 403
GET  hr.reminder_texts.edit     kind='weekly' locale='id' login 403 = = = =   =   200 403
POST hr.reminder_texts.save     kind='weekly' locale='id' login 403 = = = =   =   422 403
"""
